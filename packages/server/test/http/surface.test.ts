// What holds for every route: one process for all of its tables, because each would load the whole service again. Run one table
// alone by its own file.
import './surface/strict-input.ts';
import './surface/vectors.ts';
import './surface/framing.ts';
import './surface/origin.ts';
import './surface/cookies.ts';
import './surface/openapi.ts';
import './surface/never-shown.ts';
