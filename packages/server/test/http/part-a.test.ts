// The facade's routes: one process for all of its tables, because each would load the whole service again. Run one table
// alone by its own file.
import './part-a/sign-up.ts';
import './part-a/new-passwords.ts';
import './part-a/sign-in.ts';
import './part-a/sessions.ts';
import './part-a/close-sessions.ts';
import './part-a/session-lists.ts';
import './part-a/credentials.ts';
import './part-a/token-beside.ts';
import './part-a/passwords.ts';
