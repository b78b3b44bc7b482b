// Made by `npm run generate` in packages/client. Do not edit.

export interface paths {
    "/api/v1/signup": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Create an account and sign in. Where accounts are hidden, the answer is 202 and the rest comes by mail
         * @description Access: anybody.
         */
        post: operations["signup"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/signup/validate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Check whether a login is free
         * @description Access: anybody.
         */
        get: operations["signupValidate"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/signin": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Sign in
         * @description Access: anybody.
         */
        post: operations["signin"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/signout": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Sign out: close the request's session, if it has one
         * @description Access: anybody.
         */
        post: operations["signout"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/sessions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * All sessions, newest first
         * @description Access: admin.
         */
        get: operations["getSessions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/sessions/{user_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * An account's sessions, newest first
         * @description Access: owner or admin.
         */
        get: operations["getUserSessions"];
        put?: never;
        post?: never;
        /**
         * Close an account's sessions. For another account, a recent proof of presence is needed
         * @description Access: owner or admin.
         */
        delete: operations["closeSessions"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/sessions/current": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The caller's session
         * @description Access: signed.
         */
        get: operations["getCurrentSession"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/sessions/restore": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Find a live session of the caller by its id; an admin can find anybody's. Without an id: the caller's session
         * @description Access: signed.
         */
        post: operations["restoreSession"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/sessions/{user_id}/{session_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Close a session. For another account's session, a recent proof of presence is needed
         * @description Access: owner or admin.
         */
        delete: operations["closeSession"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/accounts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * All accounts, newest first
         * @description Access: admin.
         */
        get: operations["getAccounts"];
        put?: never;
        /**
         * Create an account for somebody else, and mail them a code to set the password with
         * @description Access: admin.
         */
        post: operations["createAccount"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/accounts/current": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The caller's account
         * @description Access: signed.
         */
        get: operations["getCurrentAccount"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/accounts/{user_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * An account
         * @description Access: owner or admin.
         */
        get: operations["getAccount"];
        /**
         * Change an account; fields that are left out stay. A new login needs a recent proof of presence
         * @description Access: owner or admin.
         */
        put: operations["updateAccount"];
        post?: never;
        /**
         * Delete an account for good and close its sessions. Needs a recent proof of presence
         * @description Access: owner or admin.
         */
        delete: operations["deleteAccount"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/accounts/{user_id}/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Everything that is stored about an account, without hashes, codes and credentials
         * @description Access: owner or admin.
         */
        get: operations["exportAccount"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/passwords/{user_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * When the password was last changed, and whether it is locked
         * @description Access: owner or admin.
         */
        get: operations["getPasswordInfo"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/passwords/validate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Check whether a new password would be accepted
         * @description Access: anybody.
         */
        post: operations["validatePassword"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/passwords/{user_id}/change": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Change the password. Closes all of the account's sessions and opens a new one for the caller
         * @description Access: owner.
         */
        post: operations["changePassword"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/passwords/recover": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Mail a code to reset the password with. The answer does not tell whether the login exists
         * @description Access: anybody.
         */
        post: operations["recoverPassword"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/passwords/reset": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Set a new password with the mailed code. Closes all of the account's sessions
         * @description Access: anybody.
         */
        post: operations["resetPassword"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/passwords/{user_id}/temp": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Mail the account a one-time password, which is only good for choosing a new one
         * @description Access: admin.
         */
        post: operations["giveTempPassword"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/passwords/{user_id}/unlock": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Unlock the password, and forget the wrong tries
         * @description Access: admin.
         */
        post: operations["unlockPassword"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/passwords/verify": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Prove presence by giving the password again
         * @description Access: signed.
         */
        post: operations["verifyPassword"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/roles": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The roles of all accounts that have any, newest account first
         * @description Access: admin.
         */
        get: operations["getRoles"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/roles/{user_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * An account's roles
         * @description Access: owner or admin.
         */
        get: operations["getUserRoles"];
        /**
         * Replace an account's roles. An admin of a site replaces only the roles on that site
         * @description Access: admin, or the admin of a site for roles of the site.
         */
        put: operations["setRoles"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/roles/{user_id}/grant": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Grant roles to an account
         * @description Access: admin, or the admin of a site for roles of the site.
         */
        post: operations["grantRoles"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/roles/{user_id}/revoke": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Revoke roles from an account
         * @description Access: admin, or the admin of a site for roles of the site.
         */
        post: operations["revokeRoles"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/sites": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The caller's sites, newest first
         * @description Access: signed.
         */
        get: operations["getSites"];
        put?: never;
        /**
         * Create a site; the caller becomes its admin
         * @description Access: signed.
         */
        post: operations["createSite"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/sites/all": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * All sites, newest first
         * @description Access: admin.
         */
        get: operations["getAllSites"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/sites/find_by_code": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Find a site by its code. Shows only its id, code and name
         * @description Access: signed.
         */
        get: operations["findSiteByCode"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/sites/validate_code": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Check whether a code is free
         * @description Access: signed.
         */
        post: operations["validateSiteCode"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/sites/{site_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * A site
         * @description Access: site user.
         */
        get: operations["getSite"];
        /**
         * Change a site; fields that are left out stay
         * @description Access: site admin.
         */
        put: operations["updateSite"];
        post?: never;
        /**
         * Delete a site. All roles on it are removed
         * @description Access: admin.
         */
        delete: operations["deleteSite"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/sites/{site_id}/generate_code": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Give the site a new random code; the old code stops working
         * @description Access: site admin.
         */
        post: operations["generateSiteCode"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/sites/{site_id}/remove": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Leave a site. The caller loses all roles on it
         * @description Access: site user.
         */
        post: operations["removeSite"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/sites/{site_id}/users": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The users of a site, with their roles on it
         * @description Access: site manager.
         */
        get: operations["getSiteUsers"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/sites/{site_id}/users/{user_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Give an account exactly these roles on the site
         * @description Access: site admin.
         */
        put: operations["setSiteUser"];
        post?: never;
        /**
         * Remove an account from the site
         * @description Access: site admin.
         */
        delete: operations["removeSiteUser"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/sites/{site_id}/invitations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The site's invitations and requests to join, newest first
         * @description Access: site manager.
         */
        get: operations["getSiteInvitations"];
        put?: never;
        /**
         * Invite somebody by mail, or ask to join. If an invitation to the address is pending, it is sent again instead
         * @description Access: site manager, or an account that asks to join.
         */
        post: operations["createInvitation"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/sites/{site_id}/invitations/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * An invitation or request to join
         * @description Access: site manager.
         */
        get: operations["getSiteInvitation"];
        put?: never;
        post?: never;
        /**
         * Withdraw an invitation, or the caller's own request to join
         * @description Access: site manager, or an account that asks to join.
         */
        delete: operations["withdrawInvitation"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/sites/{site_id}/invitations/notify": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Add an account to the site at once, and tell its owner by mail
         * @description Access: site manager.
         */
        post: operations["notifyInvitation"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/sites/{site_id}/invitations/{id}/approve": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Approve a request to join
         * @description Access: site manager.
         */
        post: operations["approveInvitation"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/sites/{site_id}/invitations/{id}/deny": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Deny a request to join
         * @description Access: site manager.
         */
        post: operations["denyInvitation"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/sites/{site_id}/invitations/{id}/resend": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Send an invitation again with a new code; the old code stops working
         * @description Access: site manager.
         */
        post: operations["resendInvitation"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/invitations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Invitations to the caller's verified address, and the caller's own requests to join, newest first
         * @description Access: signed.
         */
        get: operations["getInvitations"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/invitations/activate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Accept an invitation with the mailed code
         * @description Access: signed.
         */
        post: operations["activateInvitation"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/invitations/{id}/activate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Accept an invitation to the caller's verified address, without its code
         * @description Access: signed.
         */
        post: operations["activateOwnInvitation"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/settings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * All sections that were ever set, latest change first
         * @description Access: admin.
         */
        get: operations["getAllSettings"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/settings/{user_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * A section. One that was never set is empty and has no time
         * @description Access: owner or admin.
         */
        get: operations["getSettings"];
        /**
         * Replace all of the section's parameters
         * @description Access: owner or admin.
         */
        put: operations["setSettings"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Set, remove or increment single parameters
         * @description Access: owner or admin.
         */
        patch: operations["modifySettings"];
        trace?: never;
    };
    "/api/v1/email_settings/{user_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * An account's e-mail settings
         * @description Access: owner or admin.
         */
        get: operations["getEmailSettings"];
        /**
         * Change an account's e-mail settings; fields that are left out stay. A new address needs a recent proof of presence, and is mailed a code to verify it with
         * @description Access: owner or admin.
         */
        put: operations["updateEmailSettings"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/email_settings/resend": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Mail a new code to an address that is not verified. The answer does not tell whether there is one
         * @description Access: anybody.
         */
        post: operations["resendVerification"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/email_settings/verify": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Verify an address with the mailed code
         * @description Access: anybody.
         */
        post: operations["verifyEmail"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/auth/login": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Login: sign in, get a token and the session cookie
         * @description Access: anybody.
         */
        post: operations["login"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/auth/authenticate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Authenticate: check a token and its cookie, for languages without a verifier library
         * @description Access: token and cookie.
         */
        post: operations["authenticate"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/auth/who-am-i": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * WhoAmI: get a new token for the cookie's session
         * @description Access: anybody.
         */
        post: operations["whoAmI"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/auth/sessions/{sessionId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * ClearSessionById: close one of the caller's own sessions; an admin can close any
         * @description Access: token and cookie.
         */
        delete: operations["clearSessionById"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/auth/sessions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * ListSessions: public ids of the caller's live sessions; an admin gets everybody's
         * @description Access: token and cookie.
         */
        get: operations["listSessions"];
        put?: never;
        post?: never;
        /**
         * ClearAllSessionsExceptThemselves: close the caller's other sessions; an admin can close everybody's
         * @description Access: token and cookie.
         */
        delete: operations["clearAllSessionsExceptThemselves"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/auth/logout": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Logout: close the token's session
         * @description Access: token and cookie.
         */
        post: operations["logout"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/auth/revocations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Follow the revocation log: a stream of events, or with `Accept: application/json` a page of entries
         * @description Access: service key.
         */
        get: operations["followRevocations"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/auth/revocations/report": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Report how far a verifier has applied the log, and which sessions it has seen
         * @description Access: service key.
         */
        post: operations["reportVerifier"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/.well-known/jwks.json": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The public keys to check tokens with (RFC 7517): next, current and previous
         * @description Access: anybody.
         */
        get: operations["jwks"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/.well-known/latchkey": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The URLs and settings that clients and verifiers need
         * @description Access: anybody.
         */
        get: operations["discovery"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/health/alive": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Check whether the process runs
         * @description Access: anybody.
         */
        get: operations["alive"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/health/ready": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Check whether requests can be served: store, keys and log writer
         * @description Access: anybody.
         */
        get: operations["ready"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        /** Problem */
        Problem: {
            type: string;
            title: string;
            status: number;
            detail: string;
            code: string;
            request_id?: string;
            errors?: {
                field: string;
                code: string;
                message: string;
            }[];
        };
        /** SessionUser */
        SessionUser: {
            id: string;
            login: string;
            name: string;
            /** @description ISO 8601, UTC */
            create_time: string;
            time_zone: string;
            language: string;
            theme: string;
            roles: string[];
            sites: {
                id: string;
                name: string;
            }[];
            settings: {
                [key: string]: unknown;
            };
            /** @description ISO 8601, UTC */
            change_pwd_time?: string;
            custom_hdr: {
                [key: string]: unknown;
            };
            custom_dat: {
                [key: string]: unknown;
            };
        };
        /** Session */
        Session: {
            id: string;
            user_id: string;
            user_name: string;
            active: boolean;
            /** @description ISO 8601, UTC */
            open_time: string;
            /** @description ISO 8601, UTC */
            close_time?: string;
            close_reason?: string;
            /** @description ISO 8601, UTC */
            request_time: string;
            /** @description ISO 8601, UTC */
            expire_time: string;
            address: string;
            client: string;
            platform: string;
            user: components["schemas"]["SessionUser"];
            data: {
                [key: string]: unknown;
            };
        };
        /** Account */
        Account: {
            id: string;
            login: string;
            name: string;
            /** @description ISO 8601, UTC */
            create_time: string;
            /** @description Whether the account can sign in. */
            active: boolean;
            /** @description Whether the account was deleted: only its id is left. */
            deleted: boolean;
            time_zone: string;
            language: string;
            theme: string;
            custom_hdr: {
                [key: string]: unknown;
            };
            custom_dat: {
                [key: string]: unknown;
            };
        };
        /** Section */
        Section: {
            id: string;
            parameters: {
                [key: string]: unknown;
            };
            /** @description ISO 8601, UTC. Absent if the section was never set. */
            update_time?: string;
        };
        /** Invitation */
        Invitation: {
            id: string;
            /** @description `activate`: an invitation, for the invitee to accept. `approve`: a request to join, for a manager of the site to approve. `notify`: the invitee was added to the site at once, and told. */
            action: "activate" | "approve" | "notify";
            site_id: string;
            site_name: string;
            /** @description Without the site's id. */
            role: string;
            /** @description ISO 8601, UTC */
            create_time: string;
            creator_id: string;
            /** @description Empty if the account was deleted. */
            creator_name: string;
            invitee_name: string;
            invitee_email?: string;
            /** @description The account that asked, was added, or accepted. */
            invitee_id?: string;
            /** @description ISO 8601, UTC */
            sent_time?: string;
            /** @description ISO 8601, UTC */
            expire_time?: string;
            /** @description `pending`: not accepted, approved or denied yet. `activated`: accepted. `approved`, `denied`: of a request to join. `withdrawn`: taken back. `notified`: the invitee was told. `expired`: nothing happened in time. */
            status: "pending" | "activated" | "approved" | "denied" | "withdrawn" | "notified" | "expired";
        };
        /** Roles */
        Roles: {
            /** @description The account's id. */
            id: string;
            roles: string[];
            /** @description ISO 8601, UTC */
            update_time?: string;
        };
        /** Site */
        Site: {
            id: string;
            code?: string;
            /** @description ISO 8601, UTC */
            create_time: string;
            creator_id: string;
            active: boolean;
            deleted: boolean;
            name: string;
            description: string;
            address: string;
            /** @description GeoJSON, at most 16 KiB. */
            center?: {
                [key: string]: unknown;
            };
            radius?: number;
            /** @description GeoJSON, at most 16 KiB. */
            geometry?: {
                [key: string]: unknown;
            };
            /** @description GeoJSON, at most 16 KiB. */
            boundaries?: {
                [key: string]: unknown;
            };
            language: string;
            timezone: string;
            industry: string;
            org_size?: number;
            total_sites?: number;
            purpose: string;
            /** @description At most 16 KiB of JSON. */
            params: {
                [key: string]: unknown;
            };
        };
        /** SiteUser */
        SiteUser: {
            id: string;
            /** @description Absent where accounts are hidden. */
            login?: string;
            name: string;
            /** @description Without the site's id. */
            roles: string[];
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    signup: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    name: string;
                    /** @description Defaults to the e-mail address. */
                    login?: string;
                    email?: string;
                    /** @description At most 256 characters. */
                    password: string;
                    /** @description A BCP 47 tag. */
                    language?: string;
                    theme?: string;
                    /** @description An IANA name. */
                    time_zone?: string;
                    /** @description Accepts the invitation. If no address is given here, the account gets the invited one. */
                    invitation_code?: string;
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        id: string;
                        user_id: string;
                        user_name: string;
                        active: boolean;
                        /** @description ISO 8601, UTC */
                        open_time: string;
                        /** @description ISO 8601, UTC */
                        close_time?: string;
                        close_reason?: string;
                        /** @description ISO 8601, UTC */
                        request_time: string;
                        /** @description ISO 8601, UTC */
                        expire_time: string;
                        address: string;
                        client: string;
                        platform: string;
                        user: components["schemas"]["SessionUser"];
                        data: {
                            [key: string]: unknown;
                        };
                    };
                };
            };
            /** @description Done. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /**
             * @description `CODE_EXPIRED`: The code has expired.
             *
             *     `INVALID_DATA`: The request is not well formed. See errors for the fields.
             *
             *     `LOGIN_ALREADY_USED`: Another account has this login.
             *
             *     `PASSWORD_TOO_COMMON`: The password is too easy to guess.
             *
             *     `PASSWORD_TOO_LONG`: The password is too long.
             *
             *     `PASSWORD_TOO_SHORT`: The password is too short.
             *
             *     `WRONG_CODE`: The code is wrong, was used before, or belongs to another account.
             */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `WRONG_ORIGIN`: The request comes from a web page whose origin is not allowed. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `CONFLICT`: The change conflicts with the current state. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `PAYLOAD_TOO_LARGE`: The request is too large. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `UNSUPPORTED_MEDIA_TYPE`: A request body must be application/json in UTF-8. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `TOO_MANY_REQUESTS`: Too many requests. Wait as long as Retry-After says. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `UNAVAILABLE`: The service cannot answer now. Try again as Retry-After says. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    signupValidate: {
        parameters: {
            query?: {
                login?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /**
             * @description `AMBIGUOUS_CREDENTIALS`: More than one session credential was sent, and they differ or repeat.
             *
             *     `INVALID_DATA`: The request is not well formed. See errors for the fields.
             *
             *     `LOGIN_ALREADY_USED`: Another account has this login.
             */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `TOO_MANY_REQUESTS`: Too many requests. Wait as long as Retry-After says. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `UNAVAILABLE`: The service cannot answer now. Try again as Retry-After says. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    signin: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description A login or an account's id. */
                    login: string;
                    /** @description At most 256 characters. */
                    password: string;
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        id: string;
                        user_id: string;
                        user_name: string;
                        active: boolean;
                        /** @description ISO 8601, UTC */
                        open_time: string;
                        /** @description ISO 8601, UTC */
                        close_time?: string;
                        close_reason?: string;
                        /** @description ISO 8601, UTC */
                        request_time: string;
                        /** @description ISO 8601, UTC */
                        expire_time: string;
                        address: string;
                        client: string;
                        platform: string;
                        user: components["schemas"]["SessionUser"];
                        data: {
                            [key: string]: unknown;
                        };
                    };
                };
            };
            /**
             * @description `INVALID_DATA`: The request is not well formed. See errors for the fields.
             *
             *     `WRONG_LOGIN`: There is no such account.
             *
             *     `WRONG_PASSWORD`: The password is wrong.
             */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `WRONG_ORIGIN`: The request comes from a web page whose origin is not allowed. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `PAYLOAD_TOO_LARGE`: The request is too large. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `UNSUPPORTED_MEDIA_TYPE`: A request body must be application/json in UTF-8. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `TOO_MANY_REQUESTS`: Too many requests. Wait as long as Retry-After says. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `UNAVAILABLE`: The service cannot answer now. Try again as Retry-After says. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    signout: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description `INVALID_DATA`: The request is not well formed. See errors for the fields. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `WRONG_ORIGIN`: The request comes from a web page whose origin is not allowed. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `UNAVAILABLE`: The service cannot answer now. Try again as Retry-After says. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getSessions: {
        parameters: {
            query?: {
                skip?: number;
                take?: number;
                /** @description Whether to count the whole list. */
                total?: boolean;
                active?: boolean;
                /** @description Opened at this time or later. */
                from_time?: string;
                /** @description Opened before this time. */
                to_time?: string;
                search?: string;
                /** @description Session ids, separated by commas. */
                ids?: string;
                user_id?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["Session"][];
                        total?: number;
                    };
                };
            };
            /**
             * @description `AMBIGUOUS_CREDENTIALS`: More than one session credential was sent, and they differ or repeat.
             *
             *     `INVALID_DATA`: The request is not well formed. See errors for the fields.
             */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `NOT_SIGNED`: This needs a session, and none was sent.
             *
             *     `TOKEN_STALE`: The token is older than a change of its account. Refresh it at /auth/who-am-i and repeat the call.
             */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `NOT_IN_ROLE`: This needs a role that the caller does not have.
             *
             *     `PASSWORD_CHANGE_REQUIRED`: The session was opened with a one-time password: it can only be used to choose a new password.
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `SESSION_NOT_FOUND`: There is no live session for the credential that was sent. Sign in again. */
            440: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `UNAVAILABLE`: The service cannot answer now. Try again as Retry-After says. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getUserSessions: {
        parameters: {
            query?: {
                skip?: number;
                take?: number;
                /** @description Whether to count the whole list. */
                total?: boolean;
                active?: boolean;
                /** @description Opened at this time or later. */
                from_time?: string;
                /** @description Opened before this time. */
                to_time?: string;
                search?: string;
                /** @description Session ids, separated by commas. */
                ids?: string;
            };
            header?: never;
            path: {
                user_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["Session"][];
                        total?: number;
                    };
                };
            };
            /**
             * @description `AMBIGUOUS_CREDENTIALS`: More than one session credential was sent, and they differ or repeat.
             *
             *     `INVALID_DATA`: The request is not well formed. See errors for the fields.
             */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `NOT_SIGNED`: This needs a session, and none was sent.
             *
             *     `TOKEN_STALE`: The token is older than a change of its account. Refresh it at /auth/who-am-i and repeat the call.
             */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `NOT_OWNER`: Only the account itself, or an admin, may do this.
             *
             *     `PASSWORD_CHANGE_REQUIRED`: The session was opened with a one-time password: it can only be used to choose a new password.
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `NOT_FOUND`: There is nothing here with that name. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `SESSION_NOT_FOUND`: There is no live session for the credential that was sent. Sign in again. */
            440: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `UNAVAILABLE`: The service cannot answer now. Try again as Retry-After says. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    closeSessions: {
        parameters: {
            query?: {
                except?: "current";
                /** @description Answer when every connected verifier has applied it. */
                wait?: "confirmed";
                /** @description The longest wait, in milliseconds; 2000 by default. Only with `wait`. */
                timeout?: number;
            };
            header?: never;
            path: {
                user_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        closed: number;
                        /** @description The position of the revocation log that was waited for. */
                        seq?: number;
                        /** @description Services whose verifiers refuse the sessions by now: a service's name once for each of its verifiers. */
                        confirmed?: string[];
                        /** @description Services whose verifiers did not confirm in time. */
                        pending?: string[];
                    };
                };
            };
            /**
             * @description `AMBIGUOUS_CREDENTIALS`: More than one session credential was sent, and they differ or repeat.
             *
             *     `INVALID_DATA`: The request is not well formed. See errors for the fields.
             */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `NOT_SIGNED`: This needs a session, and none was sent.
             *
             *     `TOKEN_STALE`: The token is older than a change of its account. Refresh it at /auth/who-am-i and repeat the call.
             */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `NOT_OWNER`: Only the account itself, or an admin, may do this.
             *
             *     `PASSWORD_CHANGE_REQUIRED`: The session was opened with a one-time password: it can only be used to choose a new password.
             *
             *     `REAUTH_REQUIRED`: This needs a recent proof of presence: sign in again, or verify the password.
             *
             *     `WRONG_ORIGIN`: The request comes from a web page whose origin is not allowed.
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `NOT_FOUND`: There is nothing here with that name. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `SESSION_NOT_FOUND`: There is no live session for the credential that was sent. Sign in again. */
            440: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `UNAVAILABLE`: The service cannot answer now. Try again as Retry-After says. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getCurrentSession: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        id: string;
                        user_id: string;
                        user_name: string;
                        active: boolean;
                        /** @description ISO 8601, UTC */
                        open_time: string;
                        /** @description ISO 8601, UTC */
                        close_time?: string;
                        close_reason?: string;
                        /** @description ISO 8601, UTC */
                        request_time: string;
                        /** @description ISO 8601, UTC */
                        expire_time: string;
                        address: string;
                        client: string;
                        platform: string;
                        user: components["schemas"]["SessionUser"];
                        data: {
                            [key: string]: unknown;
                        };
                    };
                };
            };
            /**
             * @description `AMBIGUOUS_CREDENTIALS`: More than one session credential was sent, and they differ or repeat.
             *
             *     `INVALID_DATA`: The request is not well formed. See errors for the fields.
             */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `NOT_SIGNED`: This needs a session, and none was sent.
             *
             *     `TOKEN_STALE`: The token is older than a change of its account. Refresh it at /auth/who-am-i and repeat the call.
             */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `PASSWORD_CHANGE_REQUIRED`: The session was opened with a one-time password: it can only be used to choose a new password. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `SESSION_NOT_FOUND`: There is no live session for the credential that was sent. Sign in again. */
            440: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `UNAVAILABLE`: The service cannot answer now. Try again as Retry-After says. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    restoreSession: {
        parameters: {
            query?: {
                /** @description The public id, not the credential. */
                session_id?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": {
                    session_id?: string;
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        id: string;
                        user_id: string;
                        user_name: string;
                        active: boolean;
                        /** @description ISO 8601, UTC */
                        open_time: string;
                        /** @description ISO 8601, UTC */
                        close_time?: string;
                        close_reason?: string;
                        /** @description ISO 8601, UTC */
                        request_time: string;
                        /** @description ISO 8601, UTC */
                        expire_time: string;
                        address: string;
                        client: string;
                        platform: string;
                        user: components["schemas"]["SessionUser"];
                        data: {
                            [key: string]: unknown;
                        };
                    };
                };
            };
            /** @description Done. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /**
             * @description `AMBIGUOUS_CREDENTIALS`: More than one session credential was sent, and they differ or repeat.
             *
             *     `INVALID_DATA`: The request is not well formed. See errors for the fields.
             */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `NOT_SIGNED`: This needs a session, and none was sent.
             *
             *     `TOKEN_STALE`: The token is older than a change of its account. Refresh it at /auth/who-am-i and repeat the call.
             */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `PASSWORD_CHANGE_REQUIRED`: The session was opened with a one-time password: it can only be used to choose a new password.
             *
             *     `WRONG_ORIGIN`: The request comes from a web page whose origin is not allowed.
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `PAYLOAD_TOO_LARGE`: The request is too large. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `UNSUPPORTED_MEDIA_TYPE`: A request body must be application/json in UTF-8. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `SESSION_NOT_FOUND`: There is no live session for the credential that was sent. Sign in again. */
            440: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `UNAVAILABLE`: The service cannot answer now. Try again as Retry-After says. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    closeSession: {
        parameters: {
            query?: {
                /** @description Answer when every connected verifier has applied it. */
                wait?: "confirmed";
                /** @description The longest wait, in milliseconds; 2000 by default. Only with `wait`. */
                timeout?: number;
            };
            header?: never;
            path: {
                user_id: string;
                session_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        id: string;
                        user_id: string;
                        user_name: string;
                        active: boolean;
                        /** @description ISO 8601, UTC */
                        open_time: string;
                        /** @description ISO 8601, UTC */
                        close_time?: string;
                        close_reason?: string;
                        /** @description ISO 8601, UTC */
                        request_time: string;
                        /** @description ISO 8601, UTC */
                        expire_time: string;
                        address: string;
                        client: string;
                        platform: string;
                        user: components["schemas"]["SessionUser"];
                        data: {
                            [key: string]: unknown;
                        };
                        /** @description The position of the revocation log that was waited for. */
                        seq?: number;
                        /** @description Services whose verifiers refuse the sessions by now: a service's name once for each of its verifiers. */
                        confirmed?: string[];
                        /** @description Services whose verifiers did not confirm in time. */
                        pending?: string[];
                    };
                };
            };
            /**
             * @description `AMBIGUOUS_CREDENTIALS`: More than one session credential was sent, and they differ or repeat.
             *
             *     `INVALID_DATA`: The request is not well formed. See errors for the fields.
             */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `NOT_SIGNED`: This needs a session, and none was sent.
             *
             *     `TOKEN_STALE`: The token is older than a change of its account. Refresh it at /auth/who-am-i and repeat the call.
             */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `NOT_OWNER`: Only the account itself, or an admin, may do this.
             *
             *     `PASSWORD_CHANGE_REQUIRED`: The session was opened with a one-time password: it can only be used to choose a new password.
             *
             *     `REAUTH_REQUIRED`: This needs a recent proof of presence: sign in again, or verify the password.
             *
             *     `WRONG_ORIGIN`: The request comes from a web page whose origin is not allowed.
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `NOT_FOUND`: There is nothing here with that name. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `SESSION_NOT_FOUND`: There is no live session for the credential that was sent. Sign in again. */
            440: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `UNAVAILABLE`: The service cannot answer now. Try again as Retry-After says. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getAccounts: {
        parameters: {
            query?: {
                skip?: number;
                take?: number;
                /** @description Whether to count the whole list. */
                total?: boolean;
                active?: boolean;
                /** @description Part of a login or name. */
                search?: string;
                /** @description Account ids, separated by commas. Deleted accounts are listed too. */
                ids?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["Account"][];
                        total?: number;
                    };
                };
            };
            /**
             * @description `AMBIGUOUS_CREDENTIALS`: More than one session credential was sent, and they differ or repeat.
             *
             *     `INVALID_DATA`: The request is not well formed. See errors for the fields.
             */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `NOT_SIGNED`: This needs a session, and none was sent.
             *
             *     `TOKEN_STALE`: The token is older than a change of its account. Refresh it at /auth/who-am-i and repeat the call.
             */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `NOT_IN_ROLE`: This needs a role that the caller does not have.
             *
             *     `PASSWORD_CHANGE_REQUIRED`: The session was opened with a one-time password: it can only be used to choose a new password.
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `SESSION_NOT_FOUND`: There is no live session for the credential that was sent. Sign in again. */
            440: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `UNAVAILABLE`: The service cannot answer now. Try again as Retry-After says. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    createAccount: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    name: string;
                    /** @description A code to set the password with is mailed to it. */
                    email: string;
                    /** @description Defaults to the e-mail address. */
                    login?: string;
                    /** @description A BCP 47 tag. */
                    language?: string;
                    theme?: string;
                    /** @description An IANA name. */
                    time_zone?: string;
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        id: string;
                        login: string;
                        name: string;
                        /** @description ISO 8601, UTC */
                        create_time: string;
                        /** @description Whether the account can sign in. */
                        active: boolean;
                        /** @description Whether the account was deleted: only its id is left. */
                        deleted: boolean;
                        time_zone: string;
                        language: string;
                        theme: string;
                        custom_hdr: {
                            [key: string]: unknown;
                        };
                        custom_dat: {
                            [key: string]: unknown;
                        };
                    };
                };
            };
            /**
             * @description `AMBIGUOUS_CREDENTIALS`: More than one session credential was sent, and they differ or repeat.
             *
             *     `INVALID_DATA`: The request is not well formed. See errors for the fields.
             *
             *     `LOGIN_ALREADY_USED`: Another account has this login.
             */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `NOT_SIGNED`: This needs a session, and none was sent.
             *
             *     `TOKEN_STALE`: The token is older than a change of its account. Refresh it at /auth/who-am-i and repeat the call.
             */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `NOT_IN_ROLE`: This needs a role that the caller does not have.
             *
             *     `PASSWORD_CHANGE_REQUIRED`: The session was opened with a one-time password: it can only be used to choose a new password.
             *
             *     `WRONG_ORIGIN`: The request comes from a web page whose origin is not allowed.
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `PAYLOAD_TOO_LARGE`: The request is too large. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `UNSUPPORTED_MEDIA_TYPE`: A request body must be application/json in UTF-8. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `SESSION_NOT_FOUND`: There is no live session for the credential that was sent. Sign in again. */
            440: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `UNAVAILABLE`: The service cannot answer now. Try again as Retry-After says. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getCurrentAccount: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        id: string;
                        login: string;
                        name: string;
                        /** @description ISO 8601, UTC */
                        create_time: string;
                        /** @description Whether the account can sign in. */
                        active: boolean;
                        /** @description Whether the account was deleted: only its id is left. */
                        deleted: boolean;
                        time_zone: string;
                        language: string;
                        theme: string;
                        custom_hdr: {
                            [key: string]: unknown;
                        };
                        custom_dat: {
                            [key: string]: unknown;
                        };
                    };
                };
            };
            /**
             * @description `AMBIGUOUS_CREDENTIALS`: More than one session credential was sent, and they differ or repeat.
             *
             *     `INVALID_DATA`: The request is not well formed. See errors for the fields.
             */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `NOT_SIGNED`: This needs a session, and none was sent.
             *
             *     `TOKEN_STALE`: The token is older than a change of its account. Refresh it at /auth/who-am-i and repeat the call.
             */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `PASSWORD_CHANGE_REQUIRED`: The session was opened with a one-time password: it can only be used to choose a new password. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `NOT_FOUND`: There is nothing here with that name. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `SESSION_NOT_FOUND`: There is no live session for the credential that was sent. Sign in again. */
            440: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `UNAVAILABLE`: The service cannot answer now. Try again as Retry-After says. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getAccount: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                user_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        id: string;
                        login: string;
                        name: string;
                        /** @description ISO 8601, UTC */
                        create_time: string;
                        /** @description Whether the account can sign in. */
                        active: boolean;
                        /** @description Whether the account was deleted: only its id is left. */
                        deleted: boolean;
                        time_zone: string;
                        language: string;
                        theme: string;
                        custom_hdr: {
                            [key: string]: unknown;
                        };
                        custom_dat: {
                            [key: string]: unknown;
                        };
                    };
                };
            };
            /**
             * @description `AMBIGUOUS_CREDENTIALS`: More than one session credential was sent, and they differ or repeat.
             *
             *     `INVALID_DATA`: The request is not well formed. See errors for the fields.
             */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `NOT_SIGNED`: This needs a session, and none was sent.
             *
             *     `TOKEN_STALE`: The token is older than a change of its account. Refresh it at /auth/who-am-i and repeat the call.
             */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `NOT_OWNER`: Only the account itself, or an admin, may do this.
             *
             *     `PASSWORD_CHANGE_REQUIRED`: The session was opened with a one-time password: it can only be used to choose a new password.
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `NOT_FOUND`: There is nothing here with that name. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `SESSION_NOT_FOUND`: There is no live session for the credential that was sent. Sign in again. */
            440: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `UNAVAILABLE`: The service cannot answer now. Try again as Retry-After says. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    updateAccount: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                user_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    name?: string;
                    login?: string;
                    /** @description A BCP 47 tag. */
                    language?: string;
                    theme?: string;
                    /** @description An IANA name. */
                    time_zone?: string;
                    /** @description At most 8 KiB of JSON. */
                    custom_hdr?: {
                        [key: string]: unknown;
                    };
                    /** @description At most 8 KiB of JSON. */
                    custom_dat?: {
                        [key: string]: unknown;
                    };
                    /** @description Only admins can change it. */
                    active?: boolean;
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        id: string;
                        login: string;
                        name: string;
                        /** @description ISO 8601, UTC */
                        create_time: string;
                        /** @description Whether the account can sign in. */
                        active: boolean;
                        /** @description Whether the account was deleted: only its id is left. */
                        deleted: boolean;
                        time_zone: string;
                        language: string;
                        theme: string;
                        custom_hdr: {
                            [key: string]: unknown;
                        };
                        custom_dat: {
                            [key: string]: unknown;
                        };
                    };
                };
            };
            /**
             * @description `AMBIGUOUS_CREDENTIALS`: More than one session credential was sent, and they differ or repeat.
             *
             *     `INVALID_DATA`: The request is not well formed. See errors for the fields.
             *
             *     `LOGIN_ALREADY_USED`: Another account has this login.
             */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `NOT_SIGNED`: This needs a session, and none was sent.
             *
             *     `TOKEN_STALE`: The token is older than a change of its account. Refresh it at /auth/who-am-i and repeat the call.
             */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `NOT_OWNER`: Only the account itself, or an admin, may do this.
             *
             *     `PASSWORD_CHANGE_REQUIRED`: The session was opened with a one-time password: it can only be used to choose a new password.
             *
             *     `REAUTH_REQUIRED`: This needs a recent proof of presence: sign in again, or verify the password.
             *
             *     `WRONG_ORIGIN`: The request comes from a web page whose origin is not allowed.
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `NOT_FOUND`: There is nothing here with that name. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `CONFLICT`: The change conflicts with the current state. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `PAYLOAD_TOO_LARGE`: The request is too large. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `UNSUPPORTED_MEDIA_TYPE`: A request body must be application/json in UTF-8. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `SESSION_NOT_FOUND`: There is no live session for the credential that was sent. Sign in again. */
            440: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `UNAVAILABLE`: The service cannot answer now. Try again as Retry-After says. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    deleteAccount: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                user_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /**
             * @description `AMBIGUOUS_CREDENTIALS`: More than one session credential was sent, and they differ or repeat.
             *
             *     `INVALID_DATA`: The request is not well formed. See errors for the fields.
             */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `NOT_SIGNED`: This needs a session, and none was sent.
             *
             *     `TOKEN_STALE`: The token is older than a change of its account. Refresh it at /auth/who-am-i and repeat the call.
             */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `NOT_OWNER`: Only the account itself, or an admin, may do this.
             *
             *     `PASSWORD_CHANGE_REQUIRED`: The session was opened with a one-time password: it can only be used to choose a new password.
             *
             *     `REAUTH_REQUIRED`: This needs a recent proof of presence: sign in again, or verify the password.
             *
             *     `WRONG_ORIGIN`: The request comes from a web page whose origin is not allowed.
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `NOT_FOUND`: There is nothing here with that name. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `CONFLICT`: The change conflicts with the current state. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `SESSION_NOT_FOUND`: There is no live session for the credential that was sent. Sign in again. */
            440: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `UNAVAILABLE`: The service cannot answer now. Try again as Retry-After says. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    exportAccount: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                user_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description ISO 8601, UTC */
                        export_time: string;
                        account: components["schemas"]["Account"];
                        email_settings: {
                            name: string;
                            email: string;
                            language: string;
                            subscriptions: {
                                [key: string]: unknown;
                            };
                            verified: boolean;
                            custom_hdr: {
                                [key: string]: unknown;
                            };
                            custom_dat: {
                                [key: string]: unknown;
                            };
                        } | null;
                        password: {
                            /** @description ISO 8601, UTC */
                            change_time: string;
                            failures: number;
                            /** @description ISO 8601, UTC */
                            lock_time?: string;
                        } | null;
                        roles: string[];
                        sites: {
                            id: string;
                            name: string;
                        }[];
                        settings: components["schemas"]["Section"];
                        sessions: {
                            /** @description The public id, which is no credential. */
                            id: string;
                            /** @description ISO 8601, UTC */
                            open_time: string;
                            /** @description ISO 8601, UTC */
                            close_time?: string;
                            close_reason?: string;
                            /** @description ISO 8601, UTC */
                            request_time: string;
                            /** @description ISO 8601, UTC */
                            expire_time: string;
                            /** @description ISO 8601, UTC */
                            auth_time: string;
                            address: string;
                            client: string;
                            platform: string;
                            data: {
                                [key: string]: unknown;
                            };
                        }[];
                        invitations: components["schemas"]["Invitation"][];
                        mails: {
                            kind: string;
                            status: string;
                            /** @description ISO 8601, UTC */
                            create_time: string;
                            /** @description ISO 8601, UTC */
                            sent_time?: string;
                        }[];
                        log: {
                            seq: number;
                            /** @description ISO 8601, UTC */
                            time: string;
                            /** @description Absent where the entry is about the whole account. */
                            session_id?: string;
                            action: string;
                            reason: string;
                        }[];
                    };
                };
            };
            /**
             * @description `AMBIGUOUS_CREDENTIALS`: More than one session credential was sent, and they differ or repeat.
             *
             *     `INVALID_DATA`: The request is not well formed. See errors for the fields.
             */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `NOT_SIGNED`: This needs a session, and none was sent.
             *
             *     `TOKEN_STALE`: The token is older than a change of its account. Refresh it at /auth/who-am-i and repeat the call.
             */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `NOT_OWNER`: Only the account itself, or an admin, may do this.
             *
             *     `PASSWORD_CHANGE_REQUIRED`: The session was opened with a one-time password: it can only be used to choose a new password.
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `NOT_FOUND`: There is nothing here with that name. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `SESSION_NOT_FOUND`: There is no live session for the credential that was sent. Sign in again. */
            440: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `UNAVAILABLE`: The service cannot answer now. Try again as Retry-After says. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getPasswordInfo: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                user_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description The account's id. */
                        id: string;
                        /** @description ISO 8601, UTC */
                        change_time: string;
                        /** @description Whether the password is locked after too many wrong tries. */
                        locked: boolean;
                        /** @description ISO 8601, UTC */
                        lock_time?: string;
                    };
                };
            };
            /**
             * @description `AMBIGUOUS_CREDENTIALS`: More than one session credential was sent, and they differ or repeat.
             *
             *     `INVALID_DATA`: The request is not well formed. See errors for the fields.
             */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `NOT_SIGNED`: This needs a session, and none was sent.
             *
             *     `TOKEN_STALE`: The token is older than a change of its account. Refresh it at /auth/who-am-i and repeat the call.
             */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `NOT_OWNER`: Only the account itself, or an admin, may do this.
             *
             *     `PASSWORD_CHANGE_REQUIRED`: The session was opened with a one-time password: it can only be used to choose a new password.
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `NOT_FOUND`: There is nothing here with that name. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `SESSION_NOT_FOUND`: There is no live session for the credential that was sent. Sign in again. */
            440: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `UNAVAILABLE`: The service cannot answer now. Try again as Retry-After says. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    validatePassword: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description At most 256 characters. */
                    password: string;
                    login?: string;
                    name?: string;
                };
            };
        };
        responses: {
            /** @description Done. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /**
             * @description `AMBIGUOUS_CREDENTIALS`: More than one session credential was sent, and they differ or repeat.
             *
             *     `INVALID_DATA`: The request is not well formed. See errors for the fields.
             *
             *     `PASSWORD_TOO_COMMON`: The password is too easy to guess.
             *
             *     `PASSWORD_TOO_LONG`: The password is too long.
             *
             *     `PASSWORD_TOO_SHORT`: The password is too short.
             */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `WRONG_ORIGIN`: The request comes from a web page whose origin is not allowed. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `PAYLOAD_TOO_LARGE`: The request is too large. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `UNSUPPORTED_MEDIA_TYPE`: A request body must be application/json in UTF-8. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `UNAVAILABLE`: The service cannot answer now. Try again as Retry-After says. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    changePassword: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                user_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description At most 256 characters. */
                    old_password: string;
                    /** @description At most 256 characters. */
                    new_password: string;
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        id: string;
                        user_id: string;
                        user_name: string;
                        active: boolean;
                        /** @description ISO 8601, UTC */
                        open_time: string;
                        /** @description ISO 8601, UTC */
                        close_time?: string;
                        close_reason?: string;
                        /** @description ISO 8601, UTC */
                        request_time: string;
                        /** @description ISO 8601, UTC */
                        expire_time: string;
                        address: string;
                        client: string;
                        platform: string;
                        user: components["schemas"]["SessionUser"];
                        data: {
                            [key: string]: unknown;
                        };
                    };
                };
            };
            /**
             * @description `AMBIGUOUS_CREDENTIALS`: More than one session credential was sent, and they differ or repeat.
             *
             *     `INVALID_DATA`: The request is not well formed. See errors for the fields.
             *
             *     `PASSWORD_TOO_COMMON`: The password is too easy to guess.
             *
             *     `PASSWORD_TOO_LONG`: The password is too long.
             *
             *     `PASSWORD_TOO_SHORT`: The password is too short.
             *
             *     `WRONG_PASSWORD`: The password is wrong.
             */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `NOT_SIGNED`: This needs a session, and none was sent.
             *
             *     `TOKEN_STALE`: The token is older than a change of its account. Refresh it at /auth/who-am-i and repeat the call.
             */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `NOT_OWNER`: Only the account itself, or an admin, may do this.
             *
             *     `WRONG_ORIGIN`: The request comes from a web page whose origin is not allowed.
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `NOT_FOUND`: There is nothing here with that name. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `CONFLICT`: The change conflicts with the current state. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `PAYLOAD_TOO_LARGE`: The request is too large. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `UNSUPPORTED_MEDIA_TYPE`: A request body must be application/json in UTF-8. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `TOO_MANY_REQUESTS`: Too many requests. Wait as long as Retry-After says. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `SESSION_NOT_FOUND`: There is no live session for the credential that was sent. Sign in again. */
            440: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `UNAVAILABLE`: The service cannot answer now. Try again as Retry-After says. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    recoverPassword: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description A login or an account's id. */
                    login: string;
                };
            };
        };
        responses: {
            /** @description Done. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /**
             * @description `AMBIGUOUS_CREDENTIALS`: More than one session credential was sent, and they differ or repeat.
             *
             *     `INVALID_DATA`: The request is not well formed. See errors for the fields.
             */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `WRONG_ORIGIN`: The request comes from a web page whose origin is not allowed. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `PAYLOAD_TOO_LARGE`: The request is too large. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `UNSUPPORTED_MEDIA_TYPE`: A request body must be application/json in UTF-8. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `UNAVAILABLE`: The service cannot answer now. Try again as Retry-After says. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    resetPassword: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description A login or an account's id. */
                    login: string;
                    code: string;
                    /** @description At most 256 characters. */
                    password: string;
                };
            };
        };
        responses: {
            /** @description Done. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /**
             * @description `AMBIGUOUS_CREDENTIALS`: More than one session credential was sent, and they differ or repeat.
             *
             *     `CODE_EXPIRED`: The code has expired.
             *
             *     `INVALID_DATA`: The request is not well formed. See errors for the fields.
             *
             *     `PASSWORD_TOO_COMMON`: The password is too easy to guess.
             *
             *     `PASSWORD_TOO_LONG`: The password is too long.
             *
             *     `PASSWORD_TOO_SHORT`: The password is too short.
             *
             *     `WRONG_CODE`: The code is wrong, was used before, or belongs to another account.
             */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `WRONG_ORIGIN`: The request comes from a web page whose origin is not allowed. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `PAYLOAD_TOO_LARGE`: The request is too large. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `UNSUPPORTED_MEDIA_TYPE`: A request body must be application/json in UTF-8. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `UNAVAILABLE`: The service cannot answer now. Try again as Retry-After says. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    giveTempPassword: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                user_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /**
             * @description `AMBIGUOUS_CREDENTIALS`: More than one session credential was sent, and they differ or repeat.
             *
             *     `INVALID_DATA`: The request is not well formed. See errors for the fields.
             */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `NOT_SIGNED`: This needs a session, and none was sent.
             *
             *     `TOKEN_STALE`: The token is older than a change of its account. Refresh it at /auth/who-am-i and repeat the call.
             */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `NOT_IN_ROLE`: This needs a role that the caller does not have.
             *
             *     `PASSWORD_CHANGE_REQUIRED`: The session was opened with a one-time password: it can only be used to choose a new password.
             *
             *     `WRONG_ORIGIN`: The request comes from a web page whose origin is not allowed.
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `NOT_FOUND`: There is nothing here with that name. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `CONFLICT`: The change conflicts with the current state. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `SESSION_NOT_FOUND`: There is no live session for the credential that was sent. Sign in again. */
            440: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `UNAVAILABLE`: The service cannot answer now. Try again as Retry-After says. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    unlockPassword: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                user_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /**
             * @description `AMBIGUOUS_CREDENTIALS`: More than one session credential was sent, and they differ or repeat.
             *
             *     `INVALID_DATA`: The request is not well formed. See errors for the fields.
             */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `NOT_SIGNED`: This needs a session, and none was sent.
             *
             *     `TOKEN_STALE`: The token is older than a change of its account. Refresh it at /auth/who-am-i and repeat the call.
             */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `NOT_IN_ROLE`: This needs a role that the caller does not have.
             *
             *     `PASSWORD_CHANGE_REQUIRED`: The session was opened with a one-time password: it can only be used to choose a new password.
             *
             *     `WRONG_ORIGIN`: The request comes from a web page whose origin is not allowed.
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `NOT_FOUND`: There is nothing here with that name. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `SESSION_NOT_FOUND`: There is no live session for the credential that was sent. Sign in again. */
            440: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `UNAVAILABLE`: The service cannot answer now. Try again as Retry-After says. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    verifyPassword: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description At most 256 characters. */
                    password: string;
                };
            };
        };
        responses: {
            /** @description Done. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /**
             * @description `AMBIGUOUS_CREDENTIALS`: More than one session credential was sent, and they differ or repeat.
             *
             *     `INVALID_DATA`: The request is not well formed. See errors for the fields.
             *
             *     `WRONG_PASSWORD`: The password is wrong.
             */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `NOT_SIGNED`: This needs a session, and none was sent.
             *
             *     `TOKEN_STALE`: The token is older than a change of its account. Refresh it at /auth/who-am-i and repeat the call.
             */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `PASSWORD_CHANGE_REQUIRED`: The session was opened with a one-time password: it can only be used to choose a new password.
             *
             *     `WRONG_ORIGIN`: The request comes from a web page whose origin is not allowed.
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `PAYLOAD_TOO_LARGE`: The request is too large. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `UNSUPPORTED_MEDIA_TYPE`: A request body must be application/json in UTF-8. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `TOO_MANY_REQUESTS`: Too many requests. Wait as long as Retry-After says. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `SESSION_NOT_FOUND`: There is no live session for the credential that was sent. Sign in again. */
            440: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `UNAVAILABLE`: The service cannot answer now. Try again as Retry-After says. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getRoles: {
        parameters: {
            query?: {
                skip?: number;
                take?: number;
                /** @description Whether to count the whole list. */
                total?: boolean;
                /** @description Account ids, separated by commas. */
                ids?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["Roles"][];
                        total?: number;
                    };
                };
            };
            /**
             * @description `AMBIGUOUS_CREDENTIALS`: More than one session credential was sent, and they differ or repeat.
             *
             *     `INVALID_DATA`: The request is not well formed. See errors for the fields.
             */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `NOT_SIGNED`: This needs a session, and none was sent.
             *
             *     `TOKEN_STALE`: The token is older than a change of its account. Refresh it at /auth/who-am-i and repeat the call.
             */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `NOT_IN_ROLE`: This needs a role that the caller does not have.
             *
             *     `PASSWORD_CHANGE_REQUIRED`: The session was opened with a one-time password: it can only be used to choose a new password.
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `SESSION_NOT_FOUND`: There is no live session for the credential that was sent. Sign in again. */
            440: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `UNAVAILABLE`: The service cannot answer now. Try again as Retry-After says. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getUserRoles: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                user_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description The account's id. */
                        id: string;
                        roles: string[];
                        /** @description ISO 8601, UTC */
                        update_time?: string;
                    };
                };
            };
            /**
             * @description `AMBIGUOUS_CREDENTIALS`: More than one session credential was sent, and they differ or repeat.
             *
             *     `INVALID_DATA`: The request is not well formed. See errors for the fields.
             */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `NOT_SIGNED`: This needs a session, and none was sent.
             *
             *     `TOKEN_STALE`: The token is older than a change of its account. Refresh it at /auth/who-am-i and repeat the call.
             */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `NOT_OWNER`: Only the account itself, or an admin, may do this.
             *
             *     `PASSWORD_CHANGE_REQUIRED`: The session was opened with a one-time password: it can only be used to choose a new password.
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `NOT_FOUND`: There is nothing here with that name. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `SESSION_NOT_FOUND`: There is no live session for the credential that was sent. Sign in again. */
            440: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `UNAVAILABLE`: The service cannot answer now. Try again as Retry-After says. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    setRoles: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                user_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    roles: string[];
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description The account's id. */
                        id: string;
                        roles: string[];
                        /** @description ISO 8601, UTC */
                        update_time?: string;
                    };
                };
            };
            /**
             * @description `AMBIGUOUS_CREDENTIALS`: More than one session credential was sent, and they differ or repeat.
             *
             *     `INVALID_DATA`: The request is not well formed. See errors for the fields.
             */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `NOT_SIGNED`: This needs a session, and none was sent.
             *
             *     `TOKEN_STALE`: The token is older than a change of its account. Refresh it at /auth/who-am-i and repeat the call.
             */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `NOT_IN_ROLE`: This needs a role that the caller does not have.
             *
             *     `NOT_IN_SITE_ROLE`: This needs a role on the site that the caller does not have.
             *
             *     `PASSWORD_CHANGE_REQUIRED`: The session was opened with a one-time password: it can only be used to choose a new password.
             *
             *     `WRONG_ORIGIN`: The request comes from a web page whose origin is not allowed.
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `NOT_FOUND`: There is nothing here with that name. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `CONFLICT`: The change conflicts with the current state. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `PAYLOAD_TOO_LARGE`: The request is too large. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `UNSUPPORTED_MEDIA_TYPE`: A request body must be application/json in UTF-8. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `SESSION_NOT_FOUND`: There is no live session for the credential that was sent. Sign in again. */
            440: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `UNAVAILABLE`: The service cannot answer now. Try again as Retry-After says. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    grantRoles: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                user_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    roles: string[];
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description The account's id. */
                        id: string;
                        roles: string[];
                        /** @description ISO 8601, UTC */
                        update_time?: string;
                    };
                };
            };
            /**
             * @description `AMBIGUOUS_CREDENTIALS`: More than one session credential was sent, and they differ or repeat.
             *
             *     `INVALID_DATA`: The request is not well formed. See errors for the fields.
             */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `NOT_SIGNED`: This needs a session, and none was sent.
             *
             *     `TOKEN_STALE`: The token is older than a change of its account. Refresh it at /auth/who-am-i and repeat the call.
             */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `NOT_IN_ROLE`: This needs a role that the caller does not have.
             *
             *     `NOT_IN_SITE_ROLE`: This needs a role on the site that the caller does not have.
             *
             *     `PASSWORD_CHANGE_REQUIRED`: The session was opened with a one-time password: it can only be used to choose a new password.
             *
             *     `WRONG_ORIGIN`: The request comes from a web page whose origin is not allowed.
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `NOT_FOUND`: There is nothing here with that name. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `CONFLICT`: The change conflicts with the current state. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `PAYLOAD_TOO_LARGE`: The request is too large. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `UNSUPPORTED_MEDIA_TYPE`: A request body must be application/json in UTF-8. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `SESSION_NOT_FOUND`: There is no live session for the credential that was sent. Sign in again. */
            440: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `UNAVAILABLE`: The service cannot answer now. Try again as Retry-After says. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    revokeRoles: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                user_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    roles: string[];
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description The account's id. */
                        id: string;
                        roles: string[];
                        /** @description ISO 8601, UTC */
                        update_time?: string;
                    };
                };
            };
            /**
             * @description `AMBIGUOUS_CREDENTIALS`: More than one session credential was sent, and they differ or repeat.
             *
             *     `INVALID_DATA`: The request is not well formed. See errors for the fields.
             */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `NOT_SIGNED`: This needs a session, and none was sent.
             *
             *     `TOKEN_STALE`: The token is older than a change of its account. Refresh it at /auth/who-am-i and repeat the call.
             */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `NOT_IN_ROLE`: This needs a role that the caller does not have.
             *
             *     `NOT_IN_SITE_ROLE`: This needs a role on the site that the caller does not have.
             *
             *     `PASSWORD_CHANGE_REQUIRED`: The session was opened with a one-time password: it can only be used to choose a new password.
             *
             *     `WRONG_ORIGIN`: The request comes from a web page whose origin is not allowed.
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `NOT_FOUND`: There is nothing here with that name. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `CONFLICT`: The change conflicts with the current state. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `PAYLOAD_TOO_LARGE`: The request is too large. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `UNSUPPORTED_MEDIA_TYPE`: A request body must be application/json in UTF-8. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `SESSION_NOT_FOUND`: There is no live session for the credential that was sent. Sign in again. */
            440: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `UNAVAILABLE`: The service cannot answer now. Try again as Retry-After says. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getSites: {
        parameters: {
            query?: {
                skip?: number;
                take?: number;
                /** @description Whether to count the whole list. */
                total?: boolean;
                active?: boolean;
                /** @description Part of a name or code. */
                search?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["Site"][];
                        total?: number;
                    };
                };
            };
            /**
             * @description `AMBIGUOUS_CREDENTIALS`: More than one session credential was sent, and they differ or repeat.
             *
             *     `INVALID_DATA`: The request is not well formed. See errors for the fields.
             */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `NOT_SIGNED`: This needs a session, and none was sent.
             *
             *     `TOKEN_STALE`: The token is older than a change of its account. Refresh it at /auth/who-am-i and repeat the call.
             */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `PASSWORD_CHANGE_REQUIRED`: The session was opened with a one-time password: it can only be used to choose a new password. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `SESSION_NOT_FOUND`: There is no live session for the credential that was sent. Sign in again. */
            440: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `UNAVAILABLE`: The service cannot answer now. Try again as Retry-After says. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    createSite: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description 1 to 128 characters. */
                    name: string;
                    /** @description null removes it. */
                    code?: string | null;
                    /** @description At most 1000 characters. */
                    description?: string;
                    /** @description At most 500 characters. */
                    address?: string;
                    /** @description null removes it. */
                    center?: {
                        [key: string]: unknown;
                    } | null;
                    /** @description null removes it. */
                    radius?: number | null;
                    /** @description null removes it. */
                    geometry?: {
                        [key: string]: unknown;
                    } | null;
                    /** @description null removes it. */
                    boundaries?: {
                        [key: string]: unknown;
                    } | null;
                    /** @description A BCP 47 tag. */
                    language?: string;
                    /** @description An IANA name. */
                    timezone?: string;
                    /** @description At most 128 characters. */
                    industry?: string;
                    /** @description null removes it. */
                    org_size?: number | null;
                    /** @description null removes it. */
                    total_sites?: number | null;
                    /** @description At most 500 characters. */
                    purpose?: string;
                    /** @description At most 16 KiB of JSON. */
                    params?: {
                        [key: string]: unknown;
                    };
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        id: string;
                        code?: string;
                        /** @description ISO 8601, UTC */
                        create_time: string;
                        creator_id: string;
                        active: boolean;
                        deleted: boolean;
                        name: string;
                        description: string;
                        address: string;
                        /** @description GeoJSON, at most 16 KiB. */
                        center?: {
                            [key: string]: unknown;
                        };
                        radius?: number;
                        /** @description GeoJSON, at most 16 KiB. */
                        geometry?: {
                            [key: string]: unknown;
                        };
                        /** @description GeoJSON, at most 16 KiB. */
                        boundaries?: {
                            [key: string]: unknown;
                        };
                        language: string;
                        timezone: string;
                        industry: string;
                        org_size?: number;
                        total_sites?: number;
                        purpose: string;
                        /** @description At most 16 KiB of JSON. */
                        params: {
                            [key: string]: unknown;
                        };
                    };
                };
            };
            /**
             * @description `AMBIGUOUS_CREDENTIALS`: More than one session credential was sent, and they differ or repeat.
             *
             *     `INVALID_DATA`: The request is not well formed. See errors for the fields.
             */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `NOT_SIGNED`: This needs a session, and none was sent.
             *
             *     `TOKEN_STALE`: The token is older than a change of its account. Refresh it at /auth/who-am-i and repeat the call.
             */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `PASSWORD_CHANGE_REQUIRED`: The session was opened with a one-time password: it can only be used to choose a new password.
             *
             *     `WRONG_ORIGIN`: The request comes from a web page whose origin is not allowed.
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `NOT_FOUND`: There is nothing here with that name. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `CONFLICT`: The change conflicts with the current state. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `PAYLOAD_TOO_LARGE`: The request is too large. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `UNSUPPORTED_MEDIA_TYPE`: A request body must be application/json in UTF-8. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `SESSION_NOT_FOUND`: There is no live session for the credential that was sent. Sign in again. */
            440: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `UNAVAILABLE`: The service cannot answer now. Try again as Retry-After says. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getAllSites: {
        parameters: {
            query?: {
                skip?: number;
                take?: number;
                /** @description Whether to count the whole list. */
                total?: boolean;
                active?: boolean;
                /** @description Part of a name or code. */
                search?: string;
                /** @description Site ids, separated by commas. Deleted sites are listed too. */
                ids?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["Site"][];
                        total?: number;
                    };
                };
            };
            /**
             * @description `AMBIGUOUS_CREDENTIALS`: More than one session credential was sent, and they differ or repeat.
             *
             *     `INVALID_DATA`: The request is not well formed. See errors for the fields.
             */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `NOT_SIGNED`: This needs a session, and none was sent.
             *
             *     `TOKEN_STALE`: The token is older than a change of its account. Refresh it at /auth/who-am-i and repeat the call.
             */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `NOT_IN_ROLE`: This needs a role that the caller does not have.
             *
             *     `PASSWORD_CHANGE_REQUIRED`: The session was opened with a one-time password: it can only be used to choose a new password.
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `SESSION_NOT_FOUND`: There is no live session for the credential that was sent. Sign in again. */
            440: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `UNAVAILABLE`: The service cannot answer now. Try again as Retry-After says. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    findSiteByCode: {
        parameters: {
            query: {
                /** @description Unique, regardless of case. */
                code: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        id: string;
                        code: string;
                        name: string;
                    };
                };
            };
            /**
             * @description `AMBIGUOUS_CREDENTIALS`: More than one session credential was sent, and they differ or repeat.
             *
             *     `INVALID_DATA`: The request is not well formed. See errors for the fields.
             */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `NOT_SIGNED`: This needs a session, and none was sent.
             *
             *     `TOKEN_STALE`: The token is older than a change of its account. Refresh it at /auth/who-am-i and repeat the call.
             */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `PASSWORD_CHANGE_REQUIRED`: The session was opened with a one-time password: it can only be used to choose a new password. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `NOT_FOUND`: There is nothing here with that name. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `SESSION_NOT_FOUND`: There is no live session for the credential that was sent. Sign in again. */
            440: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `UNAVAILABLE`: The service cannot answer now. Try again as Retry-After says. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    validateSiteCode: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description Unique, regardless of case. */
                    code: string;
                };
            };
        };
        responses: {
            /** @description Done. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /**
             * @description `AMBIGUOUS_CREDENTIALS`: More than one session credential was sent, and they differ or repeat.
             *
             *     `INVALID_DATA`: The request is not well formed. See errors for the fields.
             */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `NOT_SIGNED`: This needs a session, and none was sent.
             *
             *     `TOKEN_STALE`: The token is older than a change of its account. Refresh it at /auth/who-am-i and repeat the call.
             */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `PASSWORD_CHANGE_REQUIRED`: The session was opened with a one-time password: it can only be used to choose a new password.
             *
             *     `WRONG_ORIGIN`: The request comes from a web page whose origin is not allowed.
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `CONFLICT`: The change conflicts with the current state. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `PAYLOAD_TOO_LARGE`: The request is too large. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `UNSUPPORTED_MEDIA_TYPE`: A request body must be application/json in UTF-8. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `SESSION_NOT_FOUND`: There is no live session for the credential that was sent. Sign in again. */
            440: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `UNAVAILABLE`: The service cannot answer now. Try again as Retry-After says. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getSite: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                site_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        id: string;
                        code?: string;
                        /** @description ISO 8601, UTC */
                        create_time: string;
                        creator_id: string;
                        active: boolean;
                        deleted: boolean;
                        name: string;
                        description: string;
                        address: string;
                        /** @description GeoJSON, at most 16 KiB. */
                        center?: {
                            [key: string]: unknown;
                        };
                        radius?: number;
                        /** @description GeoJSON, at most 16 KiB. */
                        geometry?: {
                            [key: string]: unknown;
                        };
                        /** @description GeoJSON, at most 16 KiB. */
                        boundaries?: {
                            [key: string]: unknown;
                        };
                        language: string;
                        timezone: string;
                        industry: string;
                        org_size?: number;
                        total_sites?: number;
                        purpose: string;
                        /** @description At most 16 KiB of JSON. */
                        params: {
                            [key: string]: unknown;
                        };
                    };
                };
            };
            /**
             * @description `AMBIGUOUS_CREDENTIALS`: More than one session credential was sent, and they differ or repeat.
             *
             *     `INVALID_DATA`: The request is not well formed. See errors for the fields.
             */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `NOT_SIGNED`: This needs a session, and none was sent.
             *
             *     `TOKEN_STALE`: The token is older than a change of its account. Refresh it at /auth/who-am-i and repeat the call.
             */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `NOT_IN_SITE_ROLE`: This needs a role on the site that the caller does not have.
             *
             *     `PASSWORD_CHANGE_REQUIRED`: The session was opened with a one-time password: it can only be used to choose a new password.
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `NOT_FOUND`: There is nothing here with that name. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `SESSION_NOT_FOUND`: There is no live session for the credential that was sent. Sign in again. */
            440: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `UNAVAILABLE`: The service cannot answer now. Try again as Retry-After says. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    updateSite: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                site_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description 1 to 128 characters. */
                    name?: string;
                    /** @description null removes it. */
                    code?: string | null;
                    /** @description At most 1000 characters. */
                    description?: string;
                    /** @description At most 500 characters. */
                    address?: string;
                    /** @description null removes it. */
                    center?: {
                        [key: string]: unknown;
                    } | null;
                    /** @description null removes it. */
                    radius?: number | null;
                    /** @description null removes it. */
                    geometry?: {
                        [key: string]: unknown;
                    } | null;
                    /** @description null removes it. */
                    boundaries?: {
                        [key: string]: unknown;
                    } | null;
                    /** @description A BCP 47 tag. */
                    language?: string;
                    /** @description An IANA name. */
                    timezone?: string;
                    /** @description At most 128 characters. */
                    industry?: string;
                    /** @description null removes it. */
                    org_size?: number | null;
                    /** @description null removes it. */
                    total_sites?: number | null;
                    /** @description At most 500 characters. */
                    purpose?: string;
                    /** @description At most 16 KiB of JSON. */
                    params?: {
                        [key: string]: unknown;
                    };
                    /** @description Only admins can change it. */
                    active?: boolean;
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        id: string;
                        code?: string;
                        /** @description ISO 8601, UTC */
                        create_time: string;
                        creator_id: string;
                        active: boolean;
                        deleted: boolean;
                        name: string;
                        description: string;
                        address: string;
                        /** @description GeoJSON, at most 16 KiB. */
                        center?: {
                            [key: string]: unknown;
                        };
                        radius?: number;
                        /** @description GeoJSON, at most 16 KiB. */
                        geometry?: {
                            [key: string]: unknown;
                        };
                        /** @description GeoJSON, at most 16 KiB. */
                        boundaries?: {
                            [key: string]: unknown;
                        };
                        language: string;
                        timezone: string;
                        industry: string;
                        org_size?: number;
                        total_sites?: number;
                        purpose: string;
                        /** @description At most 16 KiB of JSON. */
                        params: {
                            [key: string]: unknown;
                        };
                    };
                };
            };
            /**
             * @description `AMBIGUOUS_CREDENTIALS`: More than one session credential was sent, and they differ or repeat.
             *
             *     `INVALID_DATA`: The request is not well formed. See errors for the fields.
             */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `NOT_SIGNED`: This needs a session, and none was sent.
             *
             *     `TOKEN_STALE`: The token is older than a change of its account. Refresh it at /auth/who-am-i and repeat the call.
             */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `NOT_IN_ROLE`: This needs a role that the caller does not have.
             *
             *     `NOT_IN_SITE_ROLE`: This needs a role on the site that the caller does not have.
             *
             *     `PASSWORD_CHANGE_REQUIRED`: The session was opened with a one-time password: it can only be used to choose a new password.
             *
             *     `WRONG_ORIGIN`: The request comes from a web page whose origin is not allowed.
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `NOT_FOUND`: There is nothing here with that name. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `CONFLICT`: The change conflicts with the current state. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `PAYLOAD_TOO_LARGE`: The request is too large. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `UNSUPPORTED_MEDIA_TYPE`: A request body must be application/json in UTF-8. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `SESSION_NOT_FOUND`: There is no live session for the credential that was sent. Sign in again. */
            440: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `UNAVAILABLE`: The service cannot answer now. Try again as Retry-After says. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    deleteSite: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                site_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        id: string;
                        code?: string;
                        /** @description ISO 8601, UTC */
                        create_time: string;
                        creator_id: string;
                        active: boolean;
                        deleted: boolean;
                        name: string;
                        description: string;
                        address: string;
                        /** @description GeoJSON, at most 16 KiB. */
                        center?: {
                            [key: string]: unknown;
                        };
                        radius?: number;
                        /** @description GeoJSON, at most 16 KiB. */
                        geometry?: {
                            [key: string]: unknown;
                        };
                        /** @description GeoJSON, at most 16 KiB. */
                        boundaries?: {
                            [key: string]: unknown;
                        };
                        language: string;
                        timezone: string;
                        industry: string;
                        org_size?: number;
                        total_sites?: number;
                        purpose: string;
                        /** @description At most 16 KiB of JSON. */
                        params: {
                            [key: string]: unknown;
                        };
                    };
                };
            };
            /**
             * @description `AMBIGUOUS_CREDENTIALS`: More than one session credential was sent, and they differ or repeat.
             *
             *     `INVALID_DATA`: The request is not well formed. See errors for the fields.
             */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `NOT_SIGNED`: This needs a session, and none was sent.
             *
             *     `TOKEN_STALE`: The token is older than a change of its account. Refresh it at /auth/who-am-i and repeat the call.
             */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `NOT_IN_ROLE`: This needs a role that the caller does not have.
             *
             *     `PASSWORD_CHANGE_REQUIRED`: The session was opened with a one-time password: it can only be used to choose a new password.
             *
             *     `WRONG_ORIGIN`: The request comes from a web page whose origin is not allowed.
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `NOT_FOUND`: There is nothing here with that name. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `SESSION_NOT_FOUND`: There is no live session for the credential that was sent. Sign in again. */
            440: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `UNAVAILABLE`: The service cannot answer now. Try again as Retry-After says. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    generateSiteCode: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                site_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        id: string;
                        code?: string;
                        /** @description ISO 8601, UTC */
                        create_time: string;
                        creator_id: string;
                        active: boolean;
                        deleted: boolean;
                        name: string;
                        description: string;
                        address: string;
                        /** @description GeoJSON, at most 16 KiB. */
                        center?: {
                            [key: string]: unknown;
                        };
                        radius?: number;
                        /** @description GeoJSON, at most 16 KiB. */
                        geometry?: {
                            [key: string]: unknown;
                        };
                        /** @description GeoJSON, at most 16 KiB. */
                        boundaries?: {
                            [key: string]: unknown;
                        };
                        language: string;
                        timezone: string;
                        industry: string;
                        org_size?: number;
                        total_sites?: number;
                        purpose: string;
                        /** @description At most 16 KiB of JSON. */
                        params: {
                            [key: string]: unknown;
                        };
                    };
                };
            };
            /**
             * @description `AMBIGUOUS_CREDENTIALS`: More than one session credential was sent, and they differ or repeat.
             *
             *     `INVALID_DATA`: The request is not well formed. See errors for the fields.
             */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `NOT_SIGNED`: This needs a session, and none was sent.
             *
             *     `TOKEN_STALE`: The token is older than a change of its account. Refresh it at /auth/who-am-i and repeat the call.
             */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `NOT_IN_SITE_ROLE`: This needs a role on the site that the caller does not have.
             *
             *     `PASSWORD_CHANGE_REQUIRED`: The session was opened with a one-time password: it can only be used to choose a new password.
             *
             *     `WRONG_ORIGIN`: The request comes from a web page whose origin is not allowed.
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `NOT_FOUND`: There is nothing here with that name. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `SESSION_NOT_FOUND`: There is no live session for the credential that was sent. Sign in again. */
            440: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `UNAVAILABLE`: The service cannot answer now. Try again as Retry-After says. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    removeSite: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                site_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /**
             * @description `AMBIGUOUS_CREDENTIALS`: More than one session credential was sent, and they differ or repeat.
             *
             *     `INVALID_DATA`: The request is not well formed. See errors for the fields.
             */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `NOT_SIGNED`: This needs a session, and none was sent.
             *
             *     `TOKEN_STALE`: The token is older than a change of its account. Refresh it at /auth/who-am-i and repeat the call.
             */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `NOT_IN_SITE_ROLE`: This needs a role on the site that the caller does not have.
             *
             *     `PASSWORD_CHANGE_REQUIRED`: The session was opened with a one-time password: it can only be used to choose a new password.
             *
             *     `WRONG_ORIGIN`: The request comes from a web page whose origin is not allowed.
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `NOT_FOUND`: There is nothing here with that name. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `CONFLICT`: The change conflicts with the current state. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `SESSION_NOT_FOUND`: There is no live session for the credential that was sent. Sign in again. */
            440: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `UNAVAILABLE`: The service cannot answer now. Try again as Retry-After says. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getSiteUsers: {
        parameters: {
            query?: {
                skip?: number;
                take?: number;
                /** @description Whether to count the whole list. */
                total?: boolean;
                /** @description Part of a name or login. */
                search?: string;
            };
            header?: never;
            path: {
                site_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["SiteUser"][];
                        total?: number;
                    };
                };
            };
            /**
             * @description `AMBIGUOUS_CREDENTIALS`: More than one session credential was sent, and they differ or repeat.
             *
             *     `INVALID_DATA`: The request is not well formed. See errors for the fields.
             */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `NOT_SIGNED`: This needs a session, and none was sent.
             *
             *     `TOKEN_STALE`: The token is older than a change of its account. Refresh it at /auth/who-am-i and repeat the call.
             */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `NOT_IN_SITE_ROLE`: This needs a role on the site that the caller does not have.
             *
             *     `PASSWORD_CHANGE_REQUIRED`: The session was opened with a one-time password: it can only be used to choose a new password.
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `NOT_FOUND`: There is nothing here with that name. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `SESSION_NOT_FOUND`: There is no live session for the credential that was sent. Sign in again. */
            440: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `UNAVAILABLE`: The service cannot answer now. Try again as Retry-After says. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    setSiteUser: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                site_id: string;
                user_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description Names without the site's id: user, manager, admin, or any other. */
                    roles: string[];
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        id: string;
                        /** @description Absent where accounts are hidden. */
                        login?: string;
                        name: string;
                        /** @description Without the site's id. */
                        roles: string[];
                    };
                };
            };
            /**
             * @description `AMBIGUOUS_CREDENTIALS`: More than one session credential was sent, and they differ or repeat.
             *
             *     `INVALID_DATA`: The request is not well formed. See errors for the fields.
             */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `NOT_SIGNED`: This needs a session, and none was sent.
             *
             *     `TOKEN_STALE`: The token is older than a change of its account. Refresh it at /auth/who-am-i and repeat the call.
             */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `NOT_IN_SITE_ROLE`: This needs a role on the site that the caller does not have.
             *
             *     `PASSWORD_CHANGE_REQUIRED`: The session was opened with a one-time password: it can only be used to choose a new password.
             *
             *     `WRONG_ORIGIN`: The request comes from a web page whose origin is not allowed.
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `NOT_FOUND`: There is nothing here with that name. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `CONFLICT`: The change conflicts with the current state. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `PAYLOAD_TOO_LARGE`: The request is too large. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `UNSUPPORTED_MEDIA_TYPE`: A request body must be application/json in UTF-8. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `SESSION_NOT_FOUND`: There is no live session for the credential that was sent. Sign in again. */
            440: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `UNAVAILABLE`: The service cannot answer now. Try again as Retry-After says. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    removeSiteUser: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                site_id: string;
                user_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        id: string;
                        /** @description Absent where accounts are hidden. */
                        login?: string;
                        name: string;
                        /** @description Without the site's id. */
                        roles: string[];
                    };
                };
            };
            /**
             * @description `AMBIGUOUS_CREDENTIALS`: More than one session credential was sent, and they differ or repeat.
             *
             *     `INVALID_DATA`: The request is not well formed. See errors for the fields.
             */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `NOT_SIGNED`: This needs a session, and none was sent.
             *
             *     `TOKEN_STALE`: The token is older than a change of its account. Refresh it at /auth/who-am-i and repeat the call.
             */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `NOT_IN_SITE_ROLE`: This needs a role on the site that the caller does not have.
             *
             *     `PASSWORD_CHANGE_REQUIRED`: The session was opened with a one-time password: it can only be used to choose a new password.
             *
             *     `WRONG_ORIGIN`: The request comes from a web page whose origin is not allowed.
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `NOT_FOUND`: There is nothing here with that name. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `CONFLICT`: The change conflicts with the current state. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `SESSION_NOT_FOUND`: There is no live session for the credential that was sent. Sign in again. */
            440: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `UNAVAILABLE`: The service cannot answer now. Try again as Retry-After says. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getSiteInvitations: {
        parameters: {
            query?: {
                skip?: number;
                take?: number;
                /** @description Whether to count the whole list. */
                total?: boolean;
                /** @description `activate`: an invitation, for the invitee to accept. `approve`: a request to join, for a manager of the site to approve. `notify`: the invitee was added to the site at once, and told. */
                action?: "activate" | "approve" | "notify";
                /** @description `pending`: not accepted, approved or denied yet. `activated`: accepted. `approved`, `denied`: of a request to join. `withdrawn`: taken back. `notified`: the invitee was told. `expired`: nothing happened in time. */
                status?: "pending" | "activated" | "approved" | "denied" | "withdrawn" | "notified" | "expired";
                /** @description Part of an invitee's name or address. */
                search?: string;
            };
            header?: never;
            path: {
                site_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["Invitation"][];
                        total?: number;
                    };
                };
            };
            /**
             * @description `AMBIGUOUS_CREDENTIALS`: More than one session credential was sent, and they differ or repeat.
             *
             *     `INVALID_DATA`: The request is not well formed. See errors for the fields.
             */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `NOT_SIGNED`: This needs a session, and none was sent.
             *
             *     `TOKEN_STALE`: The token is older than a change of its account. Refresh it at /auth/who-am-i and repeat the call.
             */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `NOT_IN_SITE_ROLE`: This needs a role on the site that the caller does not have.
             *
             *     `PASSWORD_CHANGE_REQUIRED`: The session was opened with a one-time password: it can only be used to choose a new password.
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `NOT_FOUND`: There is nothing here with that name. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `SESSION_NOT_FOUND`: There is no live session for the credential that was sent. Sign in again. */
            440: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `UNAVAILABLE`: The service cannot answer now. Try again as Retry-After says. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    createInvitation: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                site_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /**
                     * @description `activate` invites somebody; `approve` is a request of the caller to join the site.
                     * @default activate
                     */
                    action?: "activate" | "approve";
                    /** @description Required for an invitation, and only used there. */
                    invitee_email?: string;
                    /** @description For the mail. At most 128 characters. */
                    invitee_name?: string;
                    /** @description Without the site's id: user, manager, admin, or any other. A manager can only give user and manager. */
                    role?: string;
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        id: string;
                        /** @description `activate`: an invitation, for the invitee to accept. `approve`: a request to join, for a manager of the site to approve. `notify`: the invitee was added to the site at once, and told. */
                        action: "activate" | "approve" | "notify";
                        site_id: string;
                        site_name: string;
                        /** @description Without the site's id. */
                        role: string;
                        /** @description ISO 8601, UTC */
                        create_time: string;
                        creator_id: string;
                        /** @description Empty if the account was deleted. */
                        creator_name: string;
                        invitee_name: string;
                        invitee_email?: string;
                        /** @description The account that asked, was added, or accepted. */
                        invitee_id?: string;
                        /** @description ISO 8601, UTC */
                        sent_time?: string;
                        /** @description ISO 8601, UTC */
                        expire_time?: string;
                        /** @description `pending`: not accepted, approved or denied yet. `activated`: accepted. `approved`, `denied`: of a request to join. `withdrawn`: taken back. `notified`: the invitee was told. `expired`: nothing happened in time. */
                        status: "pending" | "activated" | "approved" | "denied" | "withdrawn" | "notified" | "expired";
                    };
                };
            };
            /**
             * @description `AMBIGUOUS_CREDENTIALS`: More than one session credential was sent, and they differ or repeat.
             *
             *     `INVALID_DATA`: The request is not well formed. See errors for the fields.
             */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `NOT_SIGNED`: This needs a session, and none was sent.
             *
             *     `TOKEN_STALE`: The token is older than a change of its account. Refresh it at /auth/who-am-i and repeat the call.
             */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `NOT_IN_SITE_ROLE`: This needs a role on the site that the caller does not have.
             *
             *     `PASSWORD_CHANGE_REQUIRED`: The session was opened with a one-time password: it can only be used to choose a new password.
             *
             *     `WRONG_ORIGIN`: The request comes from a web page whose origin is not allowed.
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `NOT_FOUND`: There is nothing here with that name. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `CONFLICT`: The change conflicts with the current state. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `PAYLOAD_TOO_LARGE`: The request is too large. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `UNSUPPORTED_MEDIA_TYPE`: A request body must be application/json in UTF-8. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `TOO_MANY_REQUESTS`: Too many requests. Wait as long as Retry-After says. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `SESSION_NOT_FOUND`: There is no live session for the credential that was sent. Sign in again. */
            440: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `UNAVAILABLE`: The service cannot answer now. Try again as Retry-After says. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getSiteInvitation: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                site_id: string;
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        id: string;
                        /** @description `activate`: an invitation, for the invitee to accept. `approve`: a request to join, for a manager of the site to approve. `notify`: the invitee was added to the site at once, and told. */
                        action: "activate" | "approve" | "notify";
                        site_id: string;
                        site_name: string;
                        /** @description Without the site's id. */
                        role: string;
                        /** @description ISO 8601, UTC */
                        create_time: string;
                        creator_id: string;
                        /** @description Empty if the account was deleted. */
                        creator_name: string;
                        invitee_name: string;
                        invitee_email?: string;
                        /** @description The account that asked, was added, or accepted. */
                        invitee_id?: string;
                        /** @description ISO 8601, UTC */
                        sent_time?: string;
                        /** @description ISO 8601, UTC */
                        expire_time?: string;
                        /** @description `pending`: not accepted, approved or denied yet. `activated`: accepted. `approved`, `denied`: of a request to join. `withdrawn`: taken back. `notified`: the invitee was told. `expired`: nothing happened in time. */
                        status: "pending" | "activated" | "approved" | "denied" | "withdrawn" | "notified" | "expired";
                    };
                };
            };
            /**
             * @description `AMBIGUOUS_CREDENTIALS`: More than one session credential was sent, and they differ or repeat.
             *
             *     `INVALID_DATA`: The request is not well formed. See errors for the fields.
             */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `NOT_SIGNED`: This needs a session, and none was sent.
             *
             *     `TOKEN_STALE`: The token is older than a change of its account. Refresh it at /auth/who-am-i and repeat the call.
             */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `NOT_IN_SITE_ROLE`: This needs a role on the site that the caller does not have.
             *
             *     `PASSWORD_CHANGE_REQUIRED`: The session was opened with a one-time password: it can only be used to choose a new password.
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `NOT_FOUND`: There is nothing here with that name. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `SESSION_NOT_FOUND`: There is no live session for the credential that was sent. Sign in again. */
            440: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `UNAVAILABLE`: The service cannot answer now. Try again as Retry-After says. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    withdrawInvitation: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                site_id: string;
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        id: string;
                        /** @description `activate`: an invitation, for the invitee to accept. `approve`: a request to join, for a manager of the site to approve. `notify`: the invitee was added to the site at once, and told. */
                        action: "activate" | "approve" | "notify";
                        site_id: string;
                        site_name: string;
                        /** @description Without the site's id. */
                        role: string;
                        /** @description ISO 8601, UTC */
                        create_time: string;
                        creator_id: string;
                        /** @description Empty if the account was deleted. */
                        creator_name: string;
                        invitee_name: string;
                        invitee_email?: string;
                        /** @description The account that asked, was added, or accepted. */
                        invitee_id?: string;
                        /** @description ISO 8601, UTC */
                        sent_time?: string;
                        /** @description ISO 8601, UTC */
                        expire_time?: string;
                        /** @description `pending`: not accepted, approved or denied yet. `activated`: accepted. `approved`, `denied`: of a request to join. `withdrawn`: taken back. `notified`: the invitee was told. `expired`: nothing happened in time. */
                        status: "pending" | "activated" | "approved" | "denied" | "withdrawn" | "notified" | "expired";
                    };
                };
            };
            /**
             * @description `AMBIGUOUS_CREDENTIALS`: More than one session credential was sent, and they differ or repeat.
             *
             *     `INVALID_DATA`: The request is not well formed. See errors for the fields.
             */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `NOT_SIGNED`: This needs a session, and none was sent.
             *
             *     `TOKEN_STALE`: The token is older than a change of its account. Refresh it at /auth/who-am-i and repeat the call.
             */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `NOT_IN_SITE_ROLE`: This needs a role on the site that the caller does not have.
             *
             *     `PASSWORD_CHANGE_REQUIRED`: The session was opened with a one-time password: it can only be used to choose a new password.
             *
             *     `WRONG_ORIGIN`: The request comes from a web page whose origin is not allowed.
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `NOT_FOUND`: There is nothing here with that name. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `CONFLICT`: The change conflicts with the current state. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `SESSION_NOT_FOUND`: There is no live session for the credential that was sent. Sign in again. */
            440: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `UNAVAILABLE`: The service cannot answer now. Try again as Retry-After says. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    notifyInvitation: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                site_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    invitee_id?: string;
                    /** @description The verified address of the account. Not available where accounts are hidden. */
                    invitee_email?: string;
                    /** @description Without the site's id: user, manager, admin, or any other. A manager can only give user and manager. */
                    role?: string;
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        id: string;
                        /** @description `activate`: an invitation, for the invitee to accept. `approve`: a request to join, for a manager of the site to approve. `notify`: the invitee was added to the site at once, and told. */
                        action: "activate" | "approve" | "notify";
                        site_id: string;
                        site_name: string;
                        /** @description Without the site's id. */
                        role: string;
                        /** @description ISO 8601, UTC */
                        create_time: string;
                        creator_id: string;
                        /** @description Empty if the account was deleted. */
                        creator_name: string;
                        invitee_name: string;
                        invitee_email?: string;
                        /** @description The account that asked, was added, or accepted. */
                        invitee_id?: string;
                        /** @description ISO 8601, UTC */
                        sent_time?: string;
                        /** @description ISO 8601, UTC */
                        expire_time?: string;
                        /** @description `pending`: not accepted, approved or denied yet. `activated`: accepted. `approved`, `denied`: of a request to join. `withdrawn`: taken back. `notified`: the invitee was told. `expired`: nothing happened in time. */
                        status: "pending" | "activated" | "approved" | "denied" | "withdrawn" | "notified" | "expired";
                    };
                };
            };
            /**
             * @description `AMBIGUOUS_CREDENTIALS`: More than one session credential was sent, and they differ or repeat.
             *
             *     `INVALID_DATA`: The request is not well formed. See errors for the fields.
             */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `NOT_SIGNED`: This needs a session, and none was sent.
             *
             *     `TOKEN_STALE`: The token is older than a change of its account. Refresh it at /auth/who-am-i and repeat the call.
             */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `NOT_IN_SITE_ROLE`: This needs a role on the site that the caller does not have.
             *
             *     `PASSWORD_CHANGE_REQUIRED`: The session was opened with a one-time password: it can only be used to choose a new password.
             *
             *     `WRONG_ORIGIN`: The request comes from a web page whose origin is not allowed.
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `NOT_FOUND`: There is nothing here with that name. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `CONFLICT`: The change conflicts with the current state. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `PAYLOAD_TOO_LARGE`: The request is too large. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `UNSUPPORTED_MEDIA_TYPE`: A request body must be application/json in UTF-8. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `TOO_MANY_REQUESTS`: Too many requests. Wait as long as Retry-After says. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `SESSION_NOT_FOUND`: There is no live session for the credential that was sent. Sign in again. */
            440: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `UNAVAILABLE`: The service cannot answer now. Try again as Retry-After says. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    approveInvitation: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                site_id: string;
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": {
                    /** @description Without the site's id: user, manager, admin, or any other. A manager can only give user and manager. */
                    role?: string;
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        id: string;
                        /** @description `activate`: an invitation, for the invitee to accept. `approve`: a request to join, for a manager of the site to approve. `notify`: the invitee was added to the site at once, and told. */
                        action: "activate" | "approve" | "notify";
                        site_id: string;
                        site_name: string;
                        /** @description Without the site's id. */
                        role: string;
                        /** @description ISO 8601, UTC */
                        create_time: string;
                        creator_id: string;
                        /** @description Empty if the account was deleted. */
                        creator_name: string;
                        invitee_name: string;
                        invitee_email?: string;
                        /** @description The account that asked, was added, or accepted. */
                        invitee_id?: string;
                        /** @description ISO 8601, UTC */
                        sent_time?: string;
                        /** @description ISO 8601, UTC */
                        expire_time?: string;
                        /** @description `pending`: not accepted, approved or denied yet. `activated`: accepted. `approved`, `denied`: of a request to join. `withdrawn`: taken back. `notified`: the invitee was told. `expired`: nothing happened in time. */
                        status: "pending" | "activated" | "approved" | "denied" | "withdrawn" | "notified" | "expired";
                    };
                };
            };
            /**
             * @description `AMBIGUOUS_CREDENTIALS`: More than one session credential was sent, and they differ or repeat.
             *
             *     `INVALID_DATA`: The request is not well formed. See errors for the fields.
             */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `NOT_SIGNED`: This needs a session, and none was sent.
             *
             *     `TOKEN_STALE`: The token is older than a change of its account. Refresh it at /auth/who-am-i and repeat the call.
             */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `NOT_IN_SITE_ROLE`: This needs a role on the site that the caller does not have.
             *
             *     `PASSWORD_CHANGE_REQUIRED`: The session was opened with a one-time password: it can only be used to choose a new password.
             *
             *     `WRONG_ORIGIN`: The request comes from a web page whose origin is not allowed.
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `NOT_FOUND`: There is nothing here with that name. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `CONFLICT`: The change conflicts with the current state. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `PAYLOAD_TOO_LARGE`: The request is too large. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `UNSUPPORTED_MEDIA_TYPE`: A request body must be application/json in UTF-8. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `SESSION_NOT_FOUND`: There is no live session for the credential that was sent. Sign in again. */
            440: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `UNAVAILABLE`: The service cannot answer now. Try again as Retry-After says. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    denyInvitation: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                site_id: string;
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        id: string;
                        /** @description `activate`: an invitation, for the invitee to accept. `approve`: a request to join, for a manager of the site to approve. `notify`: the invitee was added to the site at once, and told. */
                        action: "activate" | "approve" | "notify";
                        site_id: string;
                        site_name: string;
                        /** @description Without the site's id. */
                        role: string;
                        /** @description ISO 8601, UTC */
                        create_time: string;
                        creator_id: string;
                        /** @description Empty if the account was deleted. */
                        creator_name: string;
                        invitee_name: string;
                        invitee_email?: string;
                        /** @description The account that asked, was added, or accepted. */
                        invitee_id?: string;
                        /** @description ISO 8601, UTC */
                        sent_time?: string;
                        /** @description ISO 8601, UTC */
                        expire_time?: string;
                        /** @description `pending`: not accepted, approved or denied yet. `activated`: accepted. `approved`, `denied`: of a request to join. `withdrawn`: taken back. `notified`: the invitee was told. `expired`: nothing happened in time. */
                        status: "pending" | "activated" | "approved" | "denied" | "withdrawn" | "notified" | "expired";
                    };
                };
            };
            /**
             * @description `AMBIGUOUS_CREDENTIALS`: More than one session credential was sent, and they differ or repeat.
             *
             *     `INVALID_DATA`: The request is not well formed. See errors for the fields.
             */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `NOT_SIGNED`: This needs a session, and none was sent.
             *
             *     `TOKEN_STALE`: The token is older than a change of its account. Refresh it at /auth/who-am-i and repeat the call.
             */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `NOT_IN_SITE_ROLE`: This needs a role on the site that the caller does not have.
             *
             *     `PASSWORD_CHANGE_REQUIRED`: The session was opened with a one-time password: it can only be used to choose a new password.
             *
             *     `WRONG_ORIGIN`: The request comes from a web page whose origin is not allowed.
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `NOT_FOUND`: There is nothing here with that name. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `CONFLICT`: The change conflicts with the current state. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `SESSION_NOT_FOUND`: There is no live session for the credential that was sent. Sign in again. */
            440: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `UNAVAILABLE`: The service cannot answer now. Try again as Retry-After says. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    resendInvitation: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                site_id: string;
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        id: string;
                        /** @description `activate`: an invitation, for the invitee to accept. `approve`: a request to join, for a manager of the site to approve. `notify`: the invitee was added to the site at once, and told. */
                        action: "activate" | "approve" | "notify";
                        site_id: string;
                        site_name: string;
                        /** @description Without the site's id. */
                        role: string;
                        /** @description ISO 8601, UTC */
                        create_time: string;
                        creator_id: string;
                        /** @description Empty if the account was deleted. */
                        creator_name: string;
                        invitee_name: string;
                        invitee_email?: string;
                        /** @description The account that asked, was added, or accepted. */
                        invitee_id?: string;
                        /** @description ISO 8601, UTC */
                        sent_time?: string;
                        /** @description ISO 8601, UTC */
                        expire_time?: string;
                        /** @description `pending`: not accepted, approved or denied yet. `activated`: accepted. `approved`, `denied`: of a request to join. `withdrawn`: taken back. `notified`: the invitee was told. `expired`: nothing happened in time. */
                        status: "pending" | "activated" | "approved" | "denied" | "withdrawn" | "notified" | "expired";
                    };
                };
            };
            /**
             * @description `AMBIGUOUS_CREDENTIALS`: More than one session credential was sent, and they differ or repeat.
             *
             *     `INVALID_DATA`: The request is not well formed. See errors for the fields.
             */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `NOT_SIGNED`: This needs a session, and none was sent.
             *
             *     `TOKEN_STALE`: The token is older than a change of its account. Refresh it at /auth/who-am-i and repeat the call.
             */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `NOT_IN_SITE_ROLE`: This needs a role on the site that the caller does not have.
             *
             *     `PASSWORD_CHANGE_REQUIRED`: The session was opened with a one-time password: it can only be used to choose a new password.
             *
             *     `WRONG_ORIGIN`: The request comes from a web page whose origin is not allowed.
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `NOT_FOUND`: There is nothing here with that name. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `CONFLICT`: The change conflicts with the current state. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `TOO_MANY_REQUESTS`: Too many requests. Wait as long as Retry-After says. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `SESSION_NOT_FOUND`: There is no live session for the credential that was sent. Sign in again. */
            440: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `UNAVAILABLE`: The service cannot answer now. Try again as Retry-After says. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getInvitations: {
        parameters: {
            query?: {
                skip?: number;
                take?: number;
                /** @description Whether to count the whole list. */
                total?: boolean;
                /** @description `activate`: an invitation, for the invitee to accept. `approve`: a request to join, for a manager of the site to approve. `notify`: the invitee was added to the site at once, and told. */
                action?: "activate" | "approve" | "notify";
                /** @description `pending`: not accepted, approved or denied yet. `activated`: accepted. `approved`, `denied`: of a request to join. `withdrawn`: taken back. `notified`: the invitee was told. `expired`: nothing happened in time. */
                status?: "pending" | "activated" | "approved" | "denied" | "withdrawn" | "notified" | "expired";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["Invitation"][];
                        total?: number;
                    };
                };
            };
            /**
             * @description `AMBIGUOUS_CREDENTIALS`: More than one session credential was sent, and they differ or repeat.
             *
             *     `INVALID_DATA`: The request is not well formed. See errors for the fields.
             */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `NOT_SIGNED`: This needs a session, and none was sent.
             *
             *     `TOKEN_STALE`: The token is older than a change of its account. Refresh it at /auth/who-am-i and repeat the call.
             */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `PASSWORD_CHANGE_REQUIRED`: The session was opened with a one-time password: it can only be used to choose a new password. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `SESSION_NOT_FOUND`: There is no live session for the credential that was sent. Sign in again. */
            440: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `UNAVAILABLE`: The service cannot answer now. Try again as Retry-After says. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    activateInvitation: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    code: string;
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        id: string;
                        /** @description `activate`: an invitation, for the invitee to accept. `approve`: a request to join, for a manager of the site to approve. `notify`: the invitee was added to the site at once, and told. */
                        action: "activate" | "approve" | "notify";
                        site_id: string;
                        site_name: string;
                        /** @description Without the site's id. */
                        role: string;
                        /** @description ISO 8601, UTC */
                        create_time: string;
                        creator_id: string;
                        /** @description Empty if the account was deleted. */
                        creator_name: string;
                        invitee_name: string;
                        invitee_email?: string;
                        /** @description The account that asked, was added, or accepted. */
                        invitee_id?: string;
                        /** @description ISO 8601, UTC */
                        sent_time?: string;
                        /** @description ISO 8601, UTC */
                        expire_time?: string;
                        /** @description `pending`: not accepted, approved or denied yet. `activated`: accepted. `approved`, `denied`: of a request to join. `withdrawn`: taken back. `notified`: the invitee was told. `expired`: nothing happened in time. */
                        status: "pending" | "activated" | "approved" | "denied" | "withdrawn" | "notified" | "expired";
                    };
                };
            };
            /**
             * @description `AMBIGUOUS_CREDENTIALS`: More than one session credential was sent, and they differ or repeat.
             *
             *     `CODE_EXPIRED`: The code has expired.
             *
             *     `INVALID_DATA`: The request is not well formed. See errors for the fields.
             *
             *     `WRONG_CODE`: The code is wrong, was used before, or belongs to another account.
             */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `NOT_SIGNED`: This needs a session, and none was sent.
             *
             *     `TOKEN_STALE`: The token is older than a change of its account. Refresh it at /auth/who-am-i and repeat the call.
             */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `PASSWORD_CHANGE_REQUIRED`: The session was opened with a one-time password: it can only be used to choose a new password.
             *
             *     `WRONG_ORIGIN`: The request comes from a web page whose origin is not allowed.
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `NOT_FOUND`: There is nothing here with that name. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `CONFLICT`: The change conflicts with the current state. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `PAYLOAD_TOO_LARGE`: The request is too large. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `UNSUPPORTED_MEDIA_TYPE`: A request body must be application/json in UTF-8. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `SESSION_NOT_FOUND`: There is no live session for the credential that was sent. Sign in again. */
            440: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `UNAVAILABLE`: The service cannot answer now. Try again as Retry-After says. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    activateOwnInvitation: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        id: string;
                        /** @description `activate`: an invitation, for the invitee to accept. `approve`: a request to join, for a manager of the site to approve. `notify`: the invitee was added to the site at once, and told. */
                        action: "activate" | "approve" | "notify";
                        site_id: string;
                        site_name: string;
                        /** @description Without the site's id. */
                        role: string;
                        /** @description ISO 8601, UTC */
                        create_time: string;
                        creator_id: string;
                        /** @description Empty if the account was deleted. */
                        creator_name: string;
                        invitee_name: string;
                        invitee_email?: string;
                        /** @description The account that asked, was added, or accepted. */
                        invitee_id?: string;
                        /** @description ISO 8601, UTC */
                        sent_time?: string;
                        /** @description ISO 8601, UTC */
                        expire_time?: string;
                        /** @description `pending`: not accepted, approved or denied yet. `activated`: accepted. `approved`, `denied`: of a request to join. `withdrawn`: taken back. `notified`: the invitee was told. `expired`: nothing happened in time. */
                        status: "pending" | "activated" | "approved" | "denied" | "withdrawn" | "notified" | "expired";
                    };
                };
            };
            /**
             * @description `AMBIGUOUS_CREDENTIALS`: More than one session credential was sent, and they differ or repeat.
             *
             *     `INVALID_DATA`: The request is not well formed. See errors for the fields.
             */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `NOT_SIGNED`: This needs a session, and none was sent.
             *
             *     `TOKEN_STALE`: The token is older than a change of its account. Refresh it at /auth/who-am-i and repeat the call.
             */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `NOT_OWNER`: Only the account itself, or an admin, may do this.
             *
             *     `PASSWORD_CHANGE_REQUIRED`: The session was opened with a one-time password: it can only be used to choose a new password.
             *
             *     `WRONG_ORIGIN`: The request comes from a web page whose origin is not allowed.
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `NOT_FOUND`: There is nothing here with that name. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `CONFLICT`: The change conflicts with the current state. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `SESSION_NOT_FOUND`: There is no live session for the credential that was sent. Sign in again. */
            440: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `UNAVAILABLE`: The service cannot answer now. Try again as Retry-After says. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getAllSettings: {
        parameters: {
            query?: {
                skip?: number;
                take?: number;
                /** @description Whether to count the whole list. */
                total?: boolean;
                /** @description Part of an id. */
                search?: string;
                /** @description Section ids, separated by commas. */
                ids?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["Section"][];
                        total?: number;
                    };
                };
            };
            /**
             * @description `AMBIGUOUS_CREDENTIALS`: More than one session credential was sent, and they differ or repeat.
             *
             *     `INVALID_DATA`: The request is not well formed. See errors for the fields.
             */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `NOT_SIGNED`: This needs a session, and none was sent.
             *
             *     `TOKEN_STALE`: The token is older than a change of its account. Refresh it at /auth/who-am-i and repeat the call.
             */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `NOT_IN_ROLE`: This needs a role that the caller does not have.
             *
             *     `PASSWORD_CHANGE_REQUIRED`: The session was opened with a one-time password: it can only be used to choose a new password.
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `SESSION_NOT_FOUND`: There is no live session for the credential that was sent. Sign in again. */
            440: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `UNAVAILABLE`: The service cannot answer now. Try again as Retry-After says. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getSettings: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description An account's id; for admins any section's. */
                user_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        id: string;
                        parameters: {
                            [key: string]: unknown;
                        };
                        /** @description ISO 8601, UTC. Absent if the section was never set. */
                        update_time?: string;
                    };
                };
            };
            /**
             * @description `AMBIGUOUS_CREDENTIALS`: More than one session credential was sent, and they differ or repeat.
             *
             *     `INVALID_DATA`: The request is not well formed. See errors for the fields.
             */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `NOT_SIGNED`: This needs a session, and none was sent.
             *
             *     `TOKEN_STALE`: The token is older than a change of its account. Refresh it at /auth/who-am-i and repeat the call.
             */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `NOT_OWNER`: Only the account itself, or an admin, may do this.
             *
             *     `PASSWORD_CHANGE_REQUIRED`: The session was opened with a one-time password: it can only be used to choose a new password.
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `NOT_FOUND`: There is nothing here with that name. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `SESSION_NOT_FOUND`: There is no live session for the credential that was sent. Sign in again. */
            440: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `UNAVAILABLE`: The service cannot answer now. Try again as Retry-After says. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    setSettings: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description An account's id; for admins any section's. */
                user_id: string;
            };
            cookie?: never;
        };
        /** @description The parameters, as the body itself or as its member `parameters`: at most 100, named [A-Za-z0-9_.-]{1,64}, together at most 16 KiB of JSON. A parameter cannot be named `parameters` or `increment`. */
        requestBody: {
            content: {
                "application/json": {
                    parameters?: {
                        [key: string]: unknown;
                    };
                } & {
                    [key: string]: unknown;
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        id: string;
                        parameters: {
                            [key: string]: unknown;
                        };
                        /** @description ISO 8601, UTC. Absent if the section was never set. */
                        update_time?: string;
                    };
                };
            };
            /**
             * @description `AMBIGUOUS_CREDENTIALS`: More than one session credential was sent, and they differ or repeat.
             *
             *     `INVALID_DATA`: The request is not well formed. See errors for the fields.
             */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `NOT_SIGNED`: This needs a session, and none was sent.
             *
             *     `TOKEN_STALE`: The token is older than a change of its account. Refresh it at /auth/who-am-i and repeat the call.
             */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `NOT_OWNER`: Only the account itself, or an admin, may do this.
             *
             *     `PASSWORD_CHANGE_REQUIRED`: The session was opened with a one-time password: it can only be used to choose a new password.
             *
             *     `WRONG_ORIGIN`: The request comes from a web page whose origin is not allowed.
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `NOT_FOUND`: There is nothing here with that name. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `PAYLOAD_TOO_LARGE`: The request is too large. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `UNSUPPORTED_MEDIA_TYPE`: A request body must be application/json in UTF-8. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `SESSION_NOT_FOUND`: There is no live session for the credential that was sent. Sign in again. */
            440: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `UNAVAILABLE`: The service cannot answer now. Try again as Retry-After says. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    modifySettings: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description An account's id; for admins any section's. */
                user_id: string;
            };
            cookie?: never;
        };
        /** @description The parameters to set, as the body itself or as its member `parameters`; null removes one. `increment` adds to numbers. */
        requestBody: {
            content: {
                "application/json": {
                    parameters?: {
                        [key: string]: unknown;
                    };
                    /** @description By how much to increment each number. */
                    increment?: {
                        [key: string]: number;
                    };
                } & {
                    [key: string]: unknown;
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        id: string;
                        parameters: {
                            [key: string]: unknown;
                        };
                        /** @description ISO 8601, UTC. Absent if the section was never set. */
                        update_time?: string;
                    };
                };
            };
            /**
             * @description `AMBIGUOUS_CREDENTIALS`: More than one session credential was sent, and they differ or repeat.
             *
             *     `INVALID_DATA`: The request is not well formed. See errors for the fields.
             */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `NOT_SIGNED`: This needs a session, and none was sent.
             *
             *     `TOKEN_STALE`: The token is older than a change of its account. Refresh it at /auth/who-am-i and repeat the call.
             */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `NOT_OWNER`: Only the account itself, or an admin, may do this.
             *
             *     `PASSWORD_CHANGE_REQUIRED`: The session was opened with a one-time password: it can only be used to choose a new password.
             *
             *     `WRONG_ORIGIN`: The request comes from a web page whose origin is not allowed.
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `NOT_FOUND`: There is nothing here with that name. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `CONFLICT`: The change conflicts with the current state. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `PAYLOAD_TOO_LARGE`: The request is too large. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `UNSUPPORTED_MEDIA_TYPE`: A request body must be application/json in UTF-8. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `SESSION_NOT_FOUND`: There is no live session for the credential that was sent. Sign in again. */
            440: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `UNAVAILABLE`: The service cannot answer now. Try again as Retry-After says. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getEmailSettings: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                user_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description The account's id. */
                        id: string;
                        name: string;
                        email: string;
                        language: string;
                        subscriptions: {
                            [key: string]: unknown;
                        };
                        /** @description Whether the address is verified. */
                        verified: boolean;
                        custom_hdr: {
                            [key: string]: unknown;
                        };
                        custom_dat: {
                            [key: string]: unknown;
                        };
                    };
                };
            };
            /**
             * @description `AMBIGUOUS_CREDENTIALS`: More than one session credential was sent, and they differ or repeat.
             *
             *     `INVALID_DATA`: The request is not well formed. See errors for the fields.
             */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `NOT_SIGNED`: This needs a session, and none was sent.
             *
             *     `TOKEN_STALE`: The token is older than a change of its account. Refresh it at /auth/who-am-i and repeat the call.
             */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `NOT_OWNER`: Only the account itself, or an admin, may do this.
             *
             *     `PASSWORD_CHANGE_REQUIRED`: The session was opened with a one-time password: it can only be used to choose a new password.
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `NOT_FOUND`: There is nothing here with that name. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `SESSION_NOT_FOUND`: There is no live session for the credential that was sent. Sign in again. */
            440: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `UNAVAILABLE`: The service cannot answer now. Try again as Retry-After says. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    updateEmailSettings: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                user_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    name?: string;
                    email?: string;
                    /** @description A BCP 47 tag. */
                    language?: string;
                    /** @description At most 8 KiB of JSON. The members `password_changed`, `password_reset`, `email_changed` and `new_device` turn the notice of that name off if they are false. */
                    subscriptions?: {
                        [key: string]: unknown;
                    };
                    /** @description At most 8 KiB of JSON. */
                    custom_hdr?: {
                        [key: string]: unknown;
                    };
                    /** @description At most 8 KiB of JSON. */
                    custom_dat?: {
                        [key: string]: unknown;
                    };
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description The account's id. */
                        id: string;
                        name: string;
                        email: string;
                        language: string;
                        subscriptions: {
                            [key: string]: unknown;
                        };
                        /** @description Whether the address is verified. */
                        verified: boolean;
                        custom_hdr: {
                            [key: string]: unknown;
                        };
                        custom_dat: {
                            [key: string]: unknown;
                        };
                    };
                };
            };
            /**
             * @description `AMBIGUOUS_CREDENTIALS`: More than one session credential was sent, and they differ or repeat.
             *
             *     `INVALID_DATA`: The request is not well formed. See errors for the fields.
             */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `NOT_SIGNED`: This needs a session, and none was sent.
             *
             *     `TOKEN_STALE`: The token is older than a change of its account. Refresh it at /auth/who-am-i and repeat the call.
             */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `NOT_OWNER`: Only the account itself, or an admin, may do this.
             *
             *     `PASSWORD_CHANGE_REQUIRED`: The session was opened with a one-time password: it can only be used to choose a new password.
             *
             *     `REAUTH_REQUIRED`: This needs a recent proof of presence: sign in again, or verify the password.
             *
             *     `WRONG_ORIGIN`: The request comes from a web page whose origin is not allowed.
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `NOT_FOUND`: There is nothing here with that name. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `PAYLOAD_TOO_LARGE`: The request is too large. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `UNSUPPORTED_MEDIA_TYPE`: A request body must be application/json in UTF-8. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `SESSION_NOT_FOUND`: There is no live session for the credential that was sent. Sign in again. */
            440: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `UNAVAILABLE`: The service cannot answer now. Try again as Retry-After says. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    resendVerification: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description A login or an account's id. */
                    login: string;
                };
            };
        };
        responses: {
            /** @description Done. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /**
             * @description `AMBIGUOUS_CREDENTIALS`: More than one session credential was sent, and they differ or repeat.
             *
             *     `INVALID_DATA`: The request is not well formed. See errors for the fields.
             */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `WRONG_ORIGIN`: The request comes from a web page whose origin is not allowed. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `PAYLOAD_TOO_LARGE`: The request is too large. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `UNSUPPORTED_MEDIA_TYPE`: A request body must be application/json in UTF-8. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `UNAVAILABLE`: The service cannot answer now. Try again as Retry-After says. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    verifyEmail: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description A login or an account's id. */
                    login: string;
                    code: string;
                };
            };
        };
        responses: {
            /** @description Done. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /**
             * @description `AMBIGUOUS_CREDENTIALS`: More than one session credential was sent, and they differ or repeat.
             *
             *     `CODE_EXPIRED`: The code has expired.
             *
             *     `INVALID_DATA`: The request is not well formed. See errors for the fields.
             *
             *     `WRONG_CODE`: The code is wrong, was used before, or belongs to another account.
             */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `WRONG_ORIGIN`: The request comes from a web page whose origin is not allowed. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `PAYLOAD_TOO_LARGE`: The request is too large. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `UNSUPPORTED_MEDIA_TYPE`: A request body must be application/json in UTF-8. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `UNAVAILABLE`: The service cannot answer now. Try again as Retry-After says. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    login: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    username: string;
                    password: string;
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description A JWT (ES256). */
                        token: string;
                        /** @description Unix seconds. */
                        expiresAt: number;
                        userId: number;
                        /** @description The public id of the session. */
                        sessionId: string;
                    };
                };
            };
            /** @description `INVALID_DATA`: The request is not well formed. See errors for the fields. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `INVALID_CREDENTIALS`: The credentials are not valid. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `WRONG_ORIGIN`: The request comes from a web page whose origin is not allowed. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `PAYLOAD_TOO_LARGE`: The request is too large. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `UNSUPPORTED_MEDIA_TYPE`: A request body must be application/json in UTF-8. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `TOO_MANY_REQUESTS`: Too many requests. Wait as long as Retry-After says. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `UNAVAILABLE`: The service cannot answer now. Try again as Retry-After says. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    authenticate: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        userId: number;
                        sessionId: string;
                    };
                };
            };
            /**
             * @description `AMBIGUOUS_CREDENTIALS`: More than one session credential was sent, and they differ or repeat.
             *
             *     `INVALID_DATA`: The request is not well formed. See errors for the fields.
             */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `INVALID_CREDENTIALS`: The credentials are not valid.
             *
             *     `TOKEN_STALE`: The token is older than a change of its account. Refresh it at /auth/who-am-i and repeat the call.
             */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `WRONG_ORIGIN`: The request comes from a web page whose origin is not allowed. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `UNAVAILABLE`: The service cannot answer now. Try again as Retry-After says. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    whoAmI: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description A JWT (ES256). */
                        token: string;
                        /** @description Unix seconds. */
                        expiresAt: number;
                        userId: number;
                        /** @description The public id of the session. */
                        sessionId: string;
                    };
                };
            };
            /**
             * @description `AMBIGUOUS_CREDENTIALS`: More than one session credential was sent, and they differ or repeat.
             *
             *     `INVALID_DATA`: The request is not well formed. See errors for the fields.
             */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `INVALID_CREDENTIALS`: The credentials are not valid. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `WRONG_ORIGIN`: The request comes from a web page whose origin is not allowed. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `UNAVAILABLE`: The service cannot answer now. Try again as Retry-After says. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    clearSessionById: {
        parameters: {
            query?: {
                /** @description Answer when every connected verifier has applied it. */
                wait?: "confirmed";
                /** @description The longest wait, in milliseconds; 2000 by default. Only with `wait`. */
                timeout?: number;
            };
            header?: never;
            path: {
                sessionId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description The position of the revocation log that was waited for. */
                        seq: number;
                        /** @description Services whose verifiers refuse the sessions by now: a service's name once for each of its verifiers. */
                        confirmed: string[];
                        /** @description Services whose verifiers did not confirm in time. */
                        pending: string[];
                    };
                };
            };
            /** @description Done. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /**
             * @description `AMBIGUOUS_CREDENTIALS`: More than one session credential was sent, and they differ or repeat.
             *
             *     `INVALID_DATA`: The request is not well formed. See errors for the fields.
             */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `INVALID_CREDENTIALS`: The credentials are not valid.
             *
             *     `TOKEN_STALE`: The token is older than a change of its account. Refresh it at /auth/who-am-i and repeat the call.
             */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `NO_PERMISSIONS`: The caller may not do this.
             *
             *     `REAUTH_REQUIRED`: This needs a recent proof of presence: sign in again, or verify the password.
             *
             *     `WRONG_ORIGIN`: The request comes from a web page whose origin is not allowed.
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `NOT_FOUND`: There is nothing here with that name. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `UNAVAILABLE`: The service cannot answer now. Try again as Retry-After says. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listSessions: {
        parameters: {
            query?: {
                scope?: "own";
                after?: string;
                take?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": string[];
                };
            };
            /**
             * @description `AMBIGUOUS_CREDENTIALS`: More than one session credential was sent, and they differ or repeat.
             *
             *     `INVALID_DATA`: The request is not well formed. See errors for the fields.
             */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `INVALID_CREDENTIALS`: The credentials are not valid.
             *
             *     `TOKEN_STALE`: The token is older than a change of its account. Refresh it at /auth/who-am-i and repeat the call.
             */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `UNAVAILABLE`: The service cannot answer now. Try again as Retry-After says. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    clearAllSessionsExceptThemselves: {
        parameters: {
            query?: {
                scope?: "own" | "all";
                /** @description Answer when every connected verifier has applied it. */
                wait?: "confirmed";
                /** @description The longest wait, in milliseconds; 2000 by default. Only with `wait`. */
                timeout?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        closed: number;
                        /** @description The position of the revocation log that was waited for. */
                        seq?: number;
                        /** @description Services whose verifiers refuse the sessions by now: a service's name once for each of its verifiers. */
                        confirmed?: string[];
                        /** @description Services whose verifiers did not confirm in time. */
                        pending?: string[];
                    };
                };
            };
            /**
             * @description `AMBIGUOUS_CREDENTIALS`: More than one session credential was sent, and they differ or repeat.
             *
             *     `INVALID_DATA`: The request is not well formed. See errors for the fields.
             */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `INVALID_CREDENTIALS`: The credentials are not valid.
             *
             *     `TOKEN_STALE`: The token is older than a change of its account. Refresh it at /auth/who-am-i and repeat the call.
             */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `NO_PERMISSIONS`: The caller may not do this.
             *
             *     `REAUTH_REQUIRED`: This needs a recent proof of presence: sign in again, or verify the password.
             *
             *     `WRONG_ORIGIN`: The request comes from a web page whose origin is not allowed.
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `UNAVAILABLE`: The service cannot answer now. Try again as Retry-After says. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    logout: {
        parameters: {
            query?: {
                /** @description Answer when every connected verifier has applied it. */
                wait?: "confirmed";
                /** @description The longest wait, in milliseconds; 2000 by default. Only with `wait`. */
                timeout?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description The position of the revocation log that was waited for. */
                        seq: number;
                        /** @description Services whose verifiers refuse the sessions by now: a service's name once for each of its verifiers. */
                        confirmed: string[];
                        /** @description Services whose verifiers did not confirm in time. */
                        pending: string[];
                    };
                };
            };
            /** @description Done. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /**
             * @description `AMBIGUOUS_CREDENTIALS`: More than one session credential was sent, and they differ or repeat.
             *
             *     `INVALID_DATA`: The request is not well formed. See errors for the fields.
             */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `INVALID_CREDENTIALS`: The credentials are not valid.
             *
             *     `TOKEN_STALE`: The token is older than a change of its account. Refresh it at /auth/who-am-i and repeat the call.
             */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `WRONG_ORIGIN`: The request comes from a web page whose origin is not allowed. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `UNAVAILABLE`: The service cannot answer now. Try again as Retry-After says. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    followRevocations: {
        parameters: {
            query?: {
                after?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        snapshot: boolean;
                        from?: number;
                        position: number;
                        head: number;
                        time: number;
                        entries: {
                            seq: number;
                            /** @description Unix seconds. */
                            at: number;
                            subject: {
                                session: string;
                            } | {
                                user: number;
                            } | {
                                site: string;
                            } | {
                                key: string;
                            } | {
                                /** @enum {boolean} */
                                all: true;
                            };
                            action: "reject" | "refresh";
                            reason: string;
                            /** @description Sessions that ended with this entry, if it is about their user or everybody. */
                            sessions?: string[];
                            /** @description Unix seconds. */
                            expiresAt: number;
                        }[];
                    };
                };
            };
            /**
             * @description `AMBIGUOUS_CREDENTIALS`: More than one session credential was sent, and they differ or repeat.
             *
             *     `INVALID_DATA`: The request is not well formed. See errors for the fields.
             */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `INVALID_CREDENTIALS`: The credentials are not valid. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `UNAVAILABLE`: The service cannot answer now. Try again as Retry-After says. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    reportVerifier: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description Its own id, the same as for the feed. */
                    verifier: string;
                    /** @description The name of the log that the position is in, from the feed. */
                    log: string;
                    position: number;
                    /** @description For how many milliseconds it decides without contact. */
                    staleness?: number;
                    /** @description Whether the feed asked for this report. */
                    confirm?: boolean;
                    /** @description Sessions that were used: the public id, and how many milliseconds ago. */
                    sessions?: [
                        string,
                        number
                    ][];
                    /** @description Whether it stops: it decides nothing any more. */
                    leaving?: boolean;
                };
            };
        };
        responses: {
            /** @description Done. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /**
             * @description `AMBIGUOUS_CREDENTIALS`: More than one session credential was sent, and they differ or repeat.
             *
             *     `INVALID_DATA`: The request is not well formed. See errors for the fields.
             */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `INVALID_CREDENTIALS`: The credentials are not valid. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `WRONG_ORIGIN`: The request comes from a web page whose origin is not allowed. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `PAYLOAD_TOO_LARGE`: The request is too large. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `UNSUPPORTED_MEDIA_TYPE`: A request body must be application/json in UTF-8. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `UNAVAILABLE`: The service cannot answer now. Try again as Retry-After says. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    jwks: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        keys: {
                            [key: string]: unknown;
                        }[];
                    };
                };
            };
            /** @description `INVALID_DATA`: The request is not well formed. See errors for the fields. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    discovery: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        [key: string]: unknown;
                    };
                };
            };
            /** @description `INVALID_DATA`: The request is not well formed. See errors for the fields. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    alive: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        status: string;
                    };
                };
            };
            /** @description `INVALID_DATA`: The request is not well formed. See errors for the fields. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    ready: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        status: string;
                    };
                };
            };
            /** @description `INVALID_DATA`: The request is not well formed. See errors for the fields. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `UNAVAILABLE`: The service cannot answer now. Try again as Retry-After says. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
}
