/// Commands on webhooks: to make, list, test, replay and remove them.
///
/// In: arguments. Out: what became of it; the secret of a new one, once.
@NullMarked
package dev.interdict.server.cli.webhook;

import org.jspecify.annotations.NullMarked;
