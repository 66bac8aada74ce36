/// Commands by which several people sign one change: `blocklist draft|diff|sign|publish` for the
/// list, `root new|diff|sign|publish` for who may sign it, `key rotate|revoke` for single keys.
///
/// What a draft may hold, and what it says, is decided by the package
/// `dev.interdict.server.ceremony`; here it is printed.
@NullMarked
package dev.interdict.server.cli.ceremony;

import org.jspecify.annotations.NullMarked;
