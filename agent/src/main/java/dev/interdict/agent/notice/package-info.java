/// What an employee is told, when, and whether it was really shown.
///
/// Comes in: a rule, a [dev.interdict.agent.notice.Phase] with its facts, a recipient. Goes out: a
/// [dev.interdict.agent.notice.Notice] in the recipient's language, and a
/// [dev.interdict.agent.notice.Receipt] for each attempt to show it. It decides neither dates nor
/// whom to tell, and no text in it can steer a terminal or a desktop: every text is inert.
@NullMarked
package dev.interdict.agent.notice;

import org.jspecify.annotations.NullMarked;
