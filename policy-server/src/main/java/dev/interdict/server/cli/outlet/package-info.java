/// Commands that try what `server.yaml` says of the mail server and the collector.
///
/// In: arguments. Out: what the other side said.
@NullMarked
package dev.interdict.server.cli.outlet;

import org.jspecify.annotations.NullMarked;
