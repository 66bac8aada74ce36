/// What a rule would do on one device, day by day, told before it happens.
///
/// Comes in: a rule, and a life of a device, with its people, their hours, and what they and their
/// admins do. Goes out: what happens when and to whom, by the very decisions that devices make; a
/// virtual clock walks from one moment at which something can change to the next. Pure: no disk, no
/// clock. What devices do beside deciding is taken to go well: scans find everything, removal
/// succeeds, the server answers, a notice is seen by whoever is there.
@NullMarked
package dev.interdict.decide.story;

import org.jspecify.annotations.NullMarked;
