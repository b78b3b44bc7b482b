// The pages that mails link to: a form each, which calls the same API as other clients.

const words = {
  en: {
    login: 'Login',
    code: 'Code',
    name: 'Your name',
    email: 'E-mail address',
    password: 'Password',
    newPassword: 'New password',
    failed: 'The server cannot be reached. Try again.',
    verifyTitle: 'Confirm your e-mail address',
    verifyLead: 'You confirm that this mailbox is yours.',
    verifyNobody: 'If you want no account here, close this page: then nothing happens.',
    verifyMine: 'I made this account',
    verifyNotMine: 'I did not, or I do not know its password',
    verifyNotMineLead:
      'A new password takes the place of the old one and closes all open sessions. So whoever made the account with your address is out.',
    verifyNotMineButton: 'Set a new password',
    verifyButton: 'Confirm',
    verifyDone: 'Thank you: your address is confirmed.',
    resetTitle: 'Set a new password',
    resetLead: 'All open sessions of the account will be closed.',
    resetButton: 'Set password',
    resetDone: 'Your password is set. You can sign in with it now.',
    recoverTitle: 'Set a new password',
    recoverLead: 'We mail you a link to set it with.',
    recoverButton: 'Send the mail',
    recoverDone: 'If there is such an account and it has an e-mail address, the mail is on its way.',
    inviteTitle: 'Accept the invitation',
    inviteLead: 'You are signed in: accept it with this account.',
    inviteButton: 'Accept',
    inviteSignIn: 'I have an account',
    inviteSignInButton: 'Sign in and accept',
    inviteSignUp: 'I am new here',
    inviteSignUpButton: 'Sign up and accept',
    inviteDone: 'Welcome! The invitation is accepted.',
  },
  de: {
    login: 'Anmeldename',
    code: 'Code',
    name: 'Ihr Name',
    email: 'E-Mail-Adresse',
    password: 'Passwort',
    newPassword: 'Neues Passwort',
    failed: 'Der Server ist nicht erreichbar. Versuchen Sie es noch einmal.',
    verifyTitle: 'Bestätigen Sie Ihre E-Mail-Adresse',
    verifyLead: 'Sie bestätigen, dass dieses Postfach Ihnen gehört.',
    verifyNobody: 'Wenn Sie hier kein Konto möchten, schließen Sie diese Seite: Dann geschieht nichts.',
    verifyMine: 'Ich habe dieses Konto angelegt',
    verifyNotMine: 'Ich war es nicht, oder ich kenne das Passwort nicht',
    verifyNotMineLead:
      'Ein neues Passwort ersetzt das alte und schließt alle offenen Sitzungen. Wer das Konto mit Ihrer Adresse angelegt hat, ist damit ausgesperrt.',
    verifyNotMineButton: 'Neues Passwort setzen',
    verifyButton: 'Bestätigen',
    verifyDone: 'Vielen Dank: Ihre Adresse ist bestätigt.',
    resetTitle: 'Ein neues Passwort setzen',
    resetLead: 'Alle offenen Sitzungen des Kontos werden geschlossen.',
    resetButton: 'Passwort setzen',
    resetDone: 'Ihr Passwort ist gesetzt. Sie können sich damit anmelden.',
    recoverTitle: 'Ein neues Passwort setzen',
    recoverLead: 'Wir schicken Ihnen einen Link dafür.',
    recoverButton: 'Mail schicken',
    recoverDone: 'Wenn es dieses Konto gibt und es eine E-Mail-Adresse hat, ist die Mail unterwegs.',
    inviteTitle: 'Die Einladung annehmen',
    inviteLead: 'Sie sind angemeldet: Nehmen Sie sie mit diesem Konto an.',
    inviteButton: 'Annehmen',
    inviteSignIn: 'Ich habe ein Konto',
    inviteSignInButton: 'Anmelden und annehmen',
    inviteSignUp: 'Ich bin neu hier',
    inviteSignUpButton: 'Registrieren und annehmen',
    inviteDone: 'Willkommen! Die Einladung ist angenommen.',
  },
};

const language = navigator.language.toLowerCase().startsWith('de') ? 'de' : 'en';
const text = words[language];
document.documentElement.lang = language;

const main = document.querySelector('main');
const given = Object.fromEntries(new URLSearchParams(location.hash.slice(1)));
// The code must not stay in the history or the address bar.
history.replaceState(null, '', location.pathname);

/** Calls the API. Throws an Error with the server's sentence about what went wrong. */
async function call(method, path, body) {
  let response;
  try {
    response = await fetch(`./api/v1/${path}`, {
      method,
      headers: body === undefined ? {} : { 'content-type': 'application/json' },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
  } catch {
    throw new Error(text.failed);
  }
  const answer = await response.json().catch(() => ({}));
  if (response.ok) return answer;
  const reasons = (answer.errors ?? []).map(({ field, message }) => `${field} ${message}`);
  throw new Error([answer.detail ?? text.failed, ...reasons].join(' '));
}

function element(name, properties = {}, ...children) {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children);
  return made;
}

/** A form that does one thing. `fields` are its inputs; values from the link are filled in. */
function form({ heading, lead, fields, button, done, submit }) {
  const inputs = fields.map(({ name, label, type = 'text', autocomplete, optional }) =>
    element('input', {
      name,
      type,
      autocomplete,
      required: !optional,
      value: given[name] ?? '',
      ariaLabel: label,
    }),
  );
  const labels = fields.map(({ label }, i) => element('label', {}, element('span', {}, label), inputs[i]));
  const alert = element('p', { role: 'alert' });
  const press = element('button', { type: 'submit' }, button);
  const intro = [heading && element('h2', {}, heading), lead && element('p', {}, lead)].filter(Boolean);
  const made = element('form', {}, ...intro, ...labels, alert, press);
  made.addEventListener('submit', async (event) => {
    event.preventDefault();
    press.disabled = true;
    alert.textContent = '';
    try {
      const entries = inputs.filter(({ value }) => value !== '').map(({ name, value }) => [name, value]);
      await submit(Object.fromEntries(entries));
      const told = element('p', { role: 'status' }, done);
      main.replaceChildren(main.querySelector('h1'), told);
    } catch (error) {
      alert.textContent = error.message;
      press.disabled = false;
    }
  });
  return made;
}

function show(title, lead, ...forms) {
  document.title = title;
  main.replaceChildren(element('h1', {}, title), ...(lead ? [element('p', {}, lead)] : []), ...forms);
}

const login = { name: 'login', label: text.login, autocomplete: 'username' };
const code = { name: 'code', label: text.code, autocomplete: 'one-time-code' };
const newPassword = {
  name: 'password',
  label: text.newPassword,
  type: 'password',
  autocomplete: 'new-password',
};

const pages = {
  async 'verify-email'() {
    const signed = await call('GET', 'sessions/current').catch(() => undefined);
    const verify = { button: text.verifyButton, done: text.verifyDone };
    const submit = (values) => call('POST', 'email_settings/verify', values);
    const password = { name: 'password', label: text.password, type: 'password' };
    if (signed?.user.login === given.login) {
      show(text.verifyTitle, text.verifyLead, form({ ...verify, fields: [login, code], submit }));
      return;
    }
    const mine = form({
      ...verify,
      heading: text.verifyMine,
      fields: [login, code, { ...password, autocomplete: 'current-password' }],
      submit,
    });
    const notMine = form({
      heading: text.verifyNotMine,
      lead: text.verifyNotMineLead,
      fields: [login, code, newPassword],
      button: text.verifyNotMineButton,
      done: text.verifyDone,
      submit: ({ password: new_password, ...values }) => submit({ ...values, new_password }),
    });
    show(text.verifyTitle, `${text.verifyLead} ${text.verifyNobody}`, mine, notMine);
  },
  'reset-password': () =>
    show(
      text.resetTitle,
      text.resetLead,
      form({
        fields: given.temp === undefined ? [login, code, newPassword] : [login, newPassword],
        button: text.resetButton,
        done: text.resetDone,
        submit: (values) =>
          given.temp === undefined ? call('POST', 'passwords/reset', values) : replaceTemp(values),
      }),
    ),
  recover: () =>
    show(
      text.recoverTitle,
      text.recoverLead,
      form({
        fields: [login],
        button: text.recoverButton,
        done: text.recoverDone,
        submit: (values) => call('POST', 'passwords/recover', values),
      }),
    ),
  async invitation() {
    const signed = await call('GET', 'sessions/current').then(
      () => true,
      () => false,
    );
    const done = text.inviteDone;
    const activate = (values) => call('POST', 'invitations/activate', { code: values.code });
    if (signed) {
      show(
        text.inviteTitle,
        text.inviteLead,
        form({ fields: [code], button: text.inviteButton, done, submit: activate }),
      );
      return;
    }
    const password = { ...newPassword, label: text.password };
    const signUp = form({
      heading: text.inviteSignUp,
      fields: [
        { name: 'name', label: text.name, autocomplete: 'name' },
        { name: 'email', label: text.email, type: 'email', autocomplete: 'email' },
        password,
        code,
      ],
      button: text.inviteSignUpButton,
      done,
      submit: ({ code: invitation_code, ...values }) =>
        call('POST', 'signup', { ...values, invitation_code }),
    });
    const signIn = form({
      heading: text.inviteSignIn,
      fields: [login, { ...password, autocomplete: 'current-password' }, code],
      button: text.inviteSignInButton,
      done,
      async submit(values) {
        await call('POST', 'signin', { login: values.login, password: values.password });
        await activate(values);
      },
    });
    show(text.inviteTitle, '', signUp, signIn);
  },
};

/** A one-time password signs in once; a second try, after a new password was refused, goes on in that session. */
let session;
async function replaceTemp({ login: name, password }) {
  session ??= await call('POST', 'signin', { login: name, password: given.temp });
  await call('POST', `passwords/${session.user_id}/change`, {
    old_password: given.temp,
    new_password: password,
  });
}

await pages[main.dataset.page]();
