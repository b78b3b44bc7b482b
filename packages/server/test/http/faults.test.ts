// Time, races and outages: one process for all of its tables, because each would load the whole service again. Run one table
// alone by its own file.
import './faults/expiry.ts';
import './faults/races.ts';
import './faults/outage.ts';
