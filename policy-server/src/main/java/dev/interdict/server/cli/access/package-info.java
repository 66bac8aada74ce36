/// Who may do what on a server: accounts, API tokens, second factors, the audit log.
///
/// Comes in: names, roles and departments. Goes out: rows, secrets that are shown once, and what
/// the audit log says.
@NullMarked
package dev.interdict.server.cli.access;

import org.jspecify.annotations.NullMarked;
