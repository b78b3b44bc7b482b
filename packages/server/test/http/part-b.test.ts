// The auth interface's routes: one process for all of its tables, because each would load the whole service again. Run one table
// alone by its own file.
import './part-b/login.ts';
import './part-b/authenticate.ts';
import './part-b/who-am-i.ts';
import './part-b/clear-sessions.ts';
import './part-b/auth-sessions.ts';
import './part-b/feed.ts';
import './part-b/confirmation.ts';
import './part-b/activity.ts';
