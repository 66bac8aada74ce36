package dev.interdict.server.api;

import static dev.interdict.server.api.Schema.may;
import static dev.interdict.server.api.Schema.needs;

import dev.interdict.json.Fields;
import dev.interdict.json.Json;
import dev.interdict.policy.Blocklist;
import dev.interdict.server.access.Role;
import dev.interdict.server.compliance.Compliance;
import dev.interdict.server.risk.Entry;
import dev.interdict.server.risk.OwnedRule;
import dev.interdict.server.risk.Register;
import dev.interdict.server.risk.Registered;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The rules of the list in force, each with who answers for it, its dates and its count: what the
/// page of rules shows. Thread-safe.
final class PublishedRulesApi implements Operations.Resource {
  private static final Schema.Named ROW =
      Schema.named(
          "PublishedRule",
          needs("id", Schema.any()),
          needs("name", Schema.any()),
          needs("publisher", Schema.any()),
          needs("risk", Schema.any()),
          may("entry", Schema.any()),
          may("owner", Schema.any()),
          may("contact", Schema.any()),
          needs("enforcement", Schema.any()),
          needs("announced", Schema.instant()),
          needs("effective", Schema.instant()),
          needs("zone", Schema.any()),
          needs("devices", Schema.count()),
          needs("has-it", Schema.count()),
          needs("compliant", Schema.count()),
          needs("at", Schema.instant()));

  private final Supplier<Blocklist> inForce;
  private final Compliance compliance;
  private final Register register;
  private final Listing list =
      new Listing(
          "published-rules",
          ROW,
          List.of(
              Keys.names("owner", "For which this person or team answers."),
              Keys.sort(
                  "owner, those without one last, or effective, each also with - before it; the"
                      + " strictest first without, of these the last announced.")),
          1,
          this::page);

  PublishedRulesApi(Supplier<Blocklist> inForce, Compliance compliance, Register register) {
    this.inForce = inForce;
    this.compliance = compliance;
    this.register = register;
  }

  Listing list() {
    return list;
  }

  @Override
  public List<Operation> operations() {
    return List.of(
        list.page(
            "listPublishedRules",
            Reach.WITHIN,
            "The rules of the list in force, with their owners, dates and counts",
            Role.VIEWER));
  }

  /// Counts only what is on the page.
  private Listing.Page page(Call call, @Nullable List<String> after, int size) {
    var entries =
        register.list().stream()
            .map(Registered::entry)
            .collect(Collectors.toMap(Entry::id, entry -> entry));
    var rules = call.asked(asked -> OwnedRule.asked(asked, inForce.get().rules(), entries));
    var from = 0;
    if (after != null) {
      var ids = rules.stream().map(each -> each.rule().id().value()).toList();
      from = ids.indexOf(after.getFirst()) + 1;
      if (from == 0) {
        throw Problem.query(
            "the rule that page_after names is not in the list any more; begin at the first page");
      }
    }
    var seen = compliance.within(call.session().scope());
    return Listing.Page.cut(
        rules.subList(from, Math.min(rules.size(), from + size + 1)),
        size,
        each -> json(each, seen),
        each -> List.of(each.rule().id().value()),
        rules::size);
  }

  private static Json.Obj json(OwnedRule owned, Compliance seen) {
    var rule = owned.rule();
    var timeline = rule.timeline();
    var now = seen.total(rule.id().value());
    return Json.object()
        .put("id", rule.id().value())
        .put("name", rule.tool().name())
        .put("publisher", rule.tool().publisher())
        .put("risk", Fields.written(rule.tool().risk()))
        .put("entry", said(owned.entry()))
        .put("owner", said(owned.owner()))
        .put("contact", said(owned.contact()))
        .put("enforcement", Fields.written(rule.enforcement()))
        .put("announced", timeline.announceAt().toString())
        .put("effective", timeline.effectiveAt(timeline.zone()).toString())
        .put("zone", timeline.zone().getId())
        .put("devices", now.counts().total())
        .put("has-it", now.counts().hasIt())
        .put("compliant", now.counts().compliant())
        .put("at", now.at().toString())
        .build();
  }

  private static @Nullable String said(String text) {
    return text.isEmpty() ? null : text;
  }
}
