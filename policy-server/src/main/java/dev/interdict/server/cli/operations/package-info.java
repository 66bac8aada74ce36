/// Commands that change things over a server's API, under the names that they have beside the
/// server's folder.
///
/// Each is an entry of a table ([Deeds]): which operation, what it takes, what it shows. There is
/// no code of one alone.
@NullMarked
package dev.interdict.server.cli.operations;

import org.jspecify.annotations.NullMarked;
