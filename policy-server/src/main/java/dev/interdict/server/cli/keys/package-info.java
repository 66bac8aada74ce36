/// Keys on the command line: the options that name a private key, who gives its passphrase, and the
/// commands that make and show keys.
///
/// Comes in: options. Goes out: a signer, or the public half of a key. Nothing here prints a
/// private key or a passphrase.
@NullMarked
package dev.interdict.server.cli.keys;

import org.jspecify.annotations.NullMarked;
