/// Commands that sign: publishing, withdrawing, pausing, and showing the root of trust.
///
/// Whether something may be published is decided by lint and by the publisher, never here.
@NullMarked
package dev.interdict.server.cli.publishing;

import org.jspecify.annotations.NullMarked;
