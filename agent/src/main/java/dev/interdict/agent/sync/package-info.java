/// The one process that talks to the network, short-lived and without privilege.
///
/// Comes in: a job with requests that the guard has already signed. Goes out: files in a staging
/// folder and the server's answers. Nothing it brings is believed, and it holds no key.
@NullMarked
package dev.interdict.agent.sync;

import org.jspecify.annotations.NullMarked;
