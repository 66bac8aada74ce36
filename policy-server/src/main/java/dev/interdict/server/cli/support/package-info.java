/// `interdict-server support-bundle`: what somebody needs who helps with a server, in one file,
/// with nothing in it that is a secret or names a person or a machine.
///
/// In: the server's folder and database. Out: a ZIP for its owner alone.
@NullMarked
package dev.interdict.server.cli.support;

import org.jspecify.annotations.NullMarked;
