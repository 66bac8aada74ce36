package dev.interdict.agent.match;

import dev.interdict.agent.inventory.Item;
import dev.interdict.agent.inventory.RunningProcess;
import dev.interdict.policy.Matcher;
import dev.interdict.policy.Rule;
import java.util.List;

/// One installation that one rule bans.
///
/// @param strength [Matcher.Strength#WEAK] findings are told and reported, never removed
/// @param running processes that run this installation
public record Finding(
    Rule rule, Item item, Matcher.Strength strength, List<RunningProcess> running) {
  public Finding {
    running = List.copyOf(running);
  }

  /// Whether it is only a process that goes on while its program is no longer where it was, or lies
  /// where nobody can tell whose it is.
  public boolean onlyRunning() {
    return strength == Matcher.Strength.WEAK && item.source().equals(StrayPrograms.SOURCE);
  }

  /// Whether it is no installation, only what one leaves behind or what would bring one back.
  public boolean residue() {
    return strength == Matcher.Strength.RESIDUE;
  }
}
