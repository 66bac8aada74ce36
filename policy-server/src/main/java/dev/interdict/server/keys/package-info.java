/// Private keys where they are kept: in files of their owner alone, and in PKCS#11 tokens.
///
/// Comes in: a place and, at the moment it is needed, a passphrase. Goes out: a
/// [dev.interdict.trust.keys.Signer]. It knows no role and no document, asks nobody by itself, and
/// never puts a private key or a passphrase into a message.
@NullMarked
package dev.interdict.server.keys;

import org.jspecify.annotations.NullMarked;
