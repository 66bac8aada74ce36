/// What the package system and the launcher of macOS are asked to forget.
///
/// Comes in: identifiers that the scan read, checked by grammar before they become arguments. Goes
/// out: outcomes. No list of files that a package brought is believed, and nothing of a package is
/// run.
@NullMarked
package dev.interdict.agent.platform.macos.installers;

import org.jspecify.annotations.NullMarked;
