/// The tokens by which workstations enrol.
///
/// Comes in: where their workstations belong, and how many they admit. Goes out: rows, secrets that
/// are shown once.
@NullMarked
package dev.interdict.server.cli.enrolment;

import org.jspecify.annotations.NullMarked;
