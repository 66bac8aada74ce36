/// What showing a notice has in common on every system: how the guard sends a worker to a person,
/// and what the worker does with the person's answer.
///
/// Comes in: a [dev.interdict.agent.notice.Notice] that the guard decided. Goes out: a
/// [dev.interdict.agent.notice.Receipt] to the guard, and through the guard's socket what the
/// person answered. The guard's side starts a worker that is the person, gives it one
/// [dev.interdict.agent.platform.session.Errand] and believes one
/// [dev.interdict.agent.platform.session.Answer] of few words; the worker's side turns the notice
/// into words and shows it on a [dev.interdict.agent.platform.session.Screen].
@NullMarked
package dev.interdict.agent.platform.session;

import org.jspecify.annotations.NullMarked;
