/// The way of a rule to the list, for what makes agents do more: drafts with their revisions, a
/// preview of whom it would hit, the review by somebody else, and the consent that publishing asks
/// for. Comes in: texts of rules, decisions of people. Goes out: rows, entries of the audit log.
/// Signs nothing.
@NullMarked
package dev.interdict.server.review;

import org.jspecify.annotations.NullMarked;
