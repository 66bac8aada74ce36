/// Commands on the certificate that a server makes for itself.
///
/// In: the names by which clients reach it. Out: the files, and what clients have to trust.
@NullMarked
package dev.interdict.server.cli.certificate;

import org.jspecify.annotations.NullMarked;
