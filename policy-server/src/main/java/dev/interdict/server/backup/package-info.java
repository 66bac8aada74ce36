/// Backup of all that a server knows while it runs, and what makes a server of it again.
///
/// In: an open database and the signed files. Out: a folder with rows, files and a manifest of
/// their checksums, which is the same whichever engine held the rows, and so leads from one to
/// another.
///
/// Never overwrites anything; knows no table by name but those that are not worth keeping.
@NullMarked
package dev.interdict.server.backup;

import org.jspecify.annotations.NullMarked;
