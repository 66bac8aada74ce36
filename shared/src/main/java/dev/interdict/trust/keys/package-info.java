/// Keys and signatures: the public keys that signed metadata names, and the private ones that sign.
///
/// Comes in: a key as metadata writes it, or a key file. Goes out: "this signature is valid" or a
/// signature. It knows no document, role or threshold, and never writes a private key anywhere but
/// into a file of its owner alone.
@NullMarked
package dev.interdict.trust.keys;

import org.jspecify.annotations.NullMarked;
