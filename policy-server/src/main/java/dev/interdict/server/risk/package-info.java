/// The register of products that the company judged: what kind of risk, why, by whom, and when to
/// look again. Comes in: entries of people. Goes out: versions of entries, which all are kept, and
/// findings of lint on rules whose entry is missing or out of date. Beside it, which of the
/// software that devices told of somebody looked at.
@NullMarked
package dev.interdict.server.risk;

import org.jspecify.annotations.NullMarked;
