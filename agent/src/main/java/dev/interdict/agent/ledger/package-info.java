/// The agent's memory of each rule: first seen, notices tried and shown, what was done and
/// verified.
///
/// Comes in: entries, appended before and after each act. Goes out: one memory per rule, folded at
/// start. Used by the guard only; it decides nothing.
@NullMarked
package dev.interdict.agent.ledger;

import org.jspecify.annotations.NullMarked;
