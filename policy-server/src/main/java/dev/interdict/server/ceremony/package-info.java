/// Changes that people sign on machines of their own, without network and without the server.
///
/// Comes in: a draft that a server made, which nobody believes. Goes out: what it would change, in
/// words, shown before any passphrase is asked for; which signatures it still lacks; and the same
/// draft with one more signature. Everything that is shown is verified from the trust root that the
/// signer was told, since whoever takes over a server would begin by lying to the signers.
@NullMarked
package dev.interdict.server.ceremony;

import org.jspecify.annotations.NullMarked;
