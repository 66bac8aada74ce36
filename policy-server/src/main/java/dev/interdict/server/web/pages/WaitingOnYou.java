package dev.interdict.server.web.pages;

import dev.interdict.policy.Rule;
import dev.interdict.server.compliance.Overview;
import dev.interdict.server.compliance.Status;
import dev.interdict.server.proposal.Kind;
import dev.interdict.server.web.Href;
import dev.interdict.server.web.Page.Ask;
import dev.interdict.server.web.Row;
import dev.interdict.server.web.pages.OverviewView.Waiting;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What waits for whoever looks at the overview: to decide, or to look into. Nothing that they may
/// not do something about.
///
/// @param served whether this console has a page of that path
record WaitingOnYou(Fleet fleet, Predicate<String> served) {
  List<Waiting> of(Ask ask, Overview overview, Narrowed narrowed) {
    return Stream.of(
            requests(ask, overview),
            silent(ask, overview, narrowed),
            drafts(ask),
            proposals(ask),
            agreed(ask),
            risks(ask))
        .filter(Objects::nonNull)
        .toList();
  }

  /// Requests name no department: they are for who sees all of them.
  private @Nullable Waiting requests(Ask ask, Overview overview) {
    if (!ask.session().scope().isWhole() || !ask.api().may("listExemptionRequests")) {
      return null;
    }
    var requests = fleet.requests().apply(fleet.rules().stream().map(Rule::id).toList());
    if (requests.isEmpty()) {
      return null;
    }
    var words = ask.words();
    var age = Duration.between(requests.getFirst().heard(), overview.total().at());
    return new Waiting(
        requests.size(),
        words.text("waiting.requests", requests.size()),
        words.text("waiting.requests.oldest", words.span(age)),
        way("/exemptions"));
  }

  private @Nullable Waiting silent(Ask ask, Overview overview, Narrowed narrowed) {
    var words = ask.words();
    var silent = overview.counts().get(Status.SILENT);
    return silent == 0
        ? null
        : new Waiting(
            silent,
            words.text("blind.silent", silent),
            words.text(
                "blind.silent.had", words.rough(fleet.silentAfter()), overview.hiddenBySilence()),
            narrowed.to(Standings.devices(overview.rule(), List.of(Status.SILENT))));
  }

  private @Nullable Waiting drafts(Ask ask) {
    if (!ask.api().may("listDrafts")) {
      return null;
    }
    var drafts = ask.api().read("listDrafts", "state", "in-review");
    var count = drafts.number("total");
    if (count == 0) {
      return null;
    }
    var words = ask.words();
    var list = way("/drafts");
    var newest = drafts.rows("drafts").getFirst();
    return new Waiting(
        count,
        words.text("waiting.drafts", count),
        words.text(
            "waiting.drafts.newest",
            newest.has("rule") ? fleet.name(newest.text("rule")) : "–",
            newest.text("author")),
        list == null ? null : list.with("state", "in-review"));
  }

  /// What others proposed; whoever proposed it cannot agree to it.
  private @Nullable Waiting proposals(Ask ask) {
    var open =
        proposed(
            ask,
            "agreeProposal",
            "open",
            each -> !each.text("proposed-by").equals(ask.session().account()));
    return open.isEmpty()
        ? null
        : proposals(ask, open, ask.words().text("waiting.proposals", open.size()));
  }

  /// What was agreed to and nobody has carried out yet.
  private @Nullable Waiting agreed(Ask ask) {
    var agreed =
        proposed(
            ask,
            "retireAsAgreed",
            "agreed",
            each -> each.text("kind").equals(Kind.RETIREMENT.written()));
    return agreed.isEmpty()
        ? null
        : proposals(ask, agreed, ask.words().text("waiting.agreed", agreed.size()));
  }

  /// @param may the operation that somebody has to be allowed to do about it
  private static List<Row> proposed(Ask ask, String may, String state, Predicate<Row> which) {
    return ask.api().may(may)
        ? ask
            .api()
            .read("listProposals", Map.of("state", List.of(state), "size", List.of("1000")))
            .rows("proposals")
            .stream()
            .filter(which)
            .toList()
        : List.of();
  }

  private Waiting proposals(Ask ask, List<Row> rows, String what) {
    var newest = rows.getFirst().text("proposed-by");
    return new Waiting(
        rows.size(),
        what,
        ask.words().text("waiting.proposals.newest", newest),
        way(ProposalsPage.PATH));
  }

  private static @Nullable Waiting risks(Ask ask) {
    if (!ask.api().may("putRisk")) {
      return null;
    }
    var risks = ask.api().read("listRisks", Map.of("overdue", List.of("true")));
    var count = risks.number("total");
    if (count == 0) {
      return null;
    }
    var words = ask.words();
    var oldest = risks.rows("risks").getFirst().row("entry");
    return new Waiting(
        count,
        words.text("waiting.risks", count),
        words.text("waiting.risks.oldest", oldest.text("name"), oldest.text("review")),
        Href.to(RisksPage.PATH).with("overdue", "true"));
  }

  private @Nullable Href way(String path) {
    return served.test(path) ? Href.to(path) : null;
  }
}
