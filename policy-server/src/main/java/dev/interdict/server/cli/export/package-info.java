/// Commands that write out what the server knows.
///
/// In: a server's folder. Out: lines on standard output.
@NullMarked
package dev.interdict.server.cli.export;

import org.jspecify.annotations.NullMarked;
