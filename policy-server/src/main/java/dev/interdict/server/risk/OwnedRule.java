package dev.interdict.server.risk;

import dev.interdict.policy.Rule;
import dev.interdict.server.query.Asked;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// A published rule and who answers for it, by the entry of the register on which it stands.
///
/// @param entry its id; empty where the rule stands on none
/// @param owner a person or a team; empty where nobody is named
/// @param contact how they are reached; empty where that is not said
public record OwnedRule(Rule rule, String entry, String owner, String contact) {
  /// That which matters most first: strictest, then announced last.
  public static final Comparator<Rule> WEIGHTIEST =
      Comparator.comparing(Rule::enforcement, Comparator.reverseOrder())
          .thenComparing(rule -> rule.timeline().announceAt(), Comparator.reverseOrder());

  /// One rule and its owner.
  ///
  /// @param entries of the register, by their ids
  public static OwnedRule of(Rule rule, Map<String, Entry> entries) {
    return Register.candidates(rule).stream()
        .map(entries::get)
        .filter(Objects::nonNull)
        .findFirst()
        .map(entry ->
            new OwnedRule(
                rule,
                entry.id(),
                Objects.requireNonNullElse(entry.owner(), ""),
                Objects.requireNonNullElse(entry.contact(), "")))
        .orElseGet(() -> new OwnedRule(rule, "", "", ""));
  }

  /// Those that the key `owner` means, in the order that `sort` names: `owner`, those without one
  /// last, or `effective`; without it as [#WEIGHTIEST] has it.
  ///
  /// @throws IllegalArgumentException if one of them is not understood
  public static List<OwnedRule> asked(
      Asked asked, Collection<Rule> rules, Map<String, Entry> entries) {
    var owners = asked.names("owner");
    var chosen = new ArrayList<OwnedRule>();
    rules.stream()
        .sorted(WEIGHTIEST)
        .map(rule -> of(rule, entries))
        .filter(each -> owners.allows(each.owner))
        .forEach(chosen::add);
    asked
        .order("owner", "effective")
        .ifPresent(order -> {
          Comparator<OwnedRule> by =
              order.by().equals("owner")
                  ? Comparator.comparing((OwnedRule each) -> each.owner.isEmpty())
                      .thenComparing(OwnedRule::owner)
                  : Comparator.comparing(OwnedRule::effective);
          chosen.sort(order.falling() ? by.reversed() : by);
        });
    return List.copyOf(chosen);
  }

  private Instant effective() {
    return rule.timeline().effectiveAt(rule.timeline().zone());
  }
}
