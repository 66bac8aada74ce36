/// What leaves the device: one report composed from a cycle's values, and the outbox that keeps it
/// until the server has it.
///
/// Comes in: findings, verdicts, memory. Goes out: a [dev.interdict.report.Report] and its exact
/// bytes. Nothing else of the device may be added here without a field of its own in that record.
@NullMarked
package dev.interdict.agent.report;

import org.jspecify.annotations.NullMarked;
