/// The commands about which workstations there are: `interdict fleet` and `interdict enrol`.
///
/// In: what an admin types, files of the company's. Out: lines or JSON, an exit code.
///
/// A command that takes anything out of the count shows first what it would take.
@NullMarked
package dev.interdict.server.cli.fleet;

import org.jspecify.annotations.NullMarked;
