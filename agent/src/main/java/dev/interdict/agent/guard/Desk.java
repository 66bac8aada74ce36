package dev.interdict.agent.guard;

import dev.interdict.agent.enforce.Hands;
import dev.interdict.agent.enforce.Held;
import dev.interdict.agent.enforce.Outcome;
import dev.interdict.decide.Verdict;
import dev.interdict.json.Fields;
import dev.interdict.json.Json;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Answers what people ask through the socket. Everybody sees and gets back what came from their
/// own home and answers for themselves; root and whoever runs the agent see everything.
final class Desk implements LocalSocket.Answers {
  private final Board board;
  private final Bench bench;
  private final Answering answering;
  private final Codes codes;
  private final Reception reception;
  private final Files files;
  private final Checkup checkup;
  private final Set<String> everything;

  /// What is told from files.
  @FunctionalInterface
  interface Files {
    /// The answer to `my-data`.
    Json myData(String user, boolean all) throws IOException;
  }

  /// @param everything accounts that may see and do all
  Desk(
      Board board,
      Bench bench,
      Answering answering,
      Codes codes,
      Reception reception,
      Files files,
      Checkup checkup,
      Set<String> everything) {
    this.board = board;
    this.bench = bench;
    this.answering = answering;
    this.codes = codes;
    this.reception = reception;
    this.files = files;
    this.checkup = checkup;
    this.everything = Set.copyOf(everything);
  }

  @Override
  public Json answer(Question question, String user) throws IOException {
    var all = everything.contains(user);
    return switch (question.ask()) {
      case "status" -> reception.status(board.posted(), user, all);
      case "held" -> held(user);
      case "restore" -> board.alone(() -> restore(question.about(), user));
      case "check" -> check(user, false);
      case "retry" -> check(user, true);
      case "plan" -> new PlanView(board.posted(), user, all).json(question.about(), bench);
      case "remind", "defer", "remove", "request-exemption", "dispute" ->
          board.between(() -> answering.answer(question, user));
      case "exemption-code" -> board.between(() -> answering.about(question, user, codes::answer));
      case "notices" -> reception.notices(user);
      case "receipt" -> reception.receipt(question, user);
      case "my-data" -> files.myData(user, all);
      case "doctor" -> checkup.json();
      default -> error("the guard does not know the question \"" + question.ask() + "\"");
    };
  }

  /// Not for everybody: whoever asked for it without end would keep the machine busy.
  ///
  /// @param again whether the cause of what failed is mended, so that it rests no longer. Only
  ///   where that is said: a program that asks for a look every hour would else lift the rest each
  ///   time.
  private Json check(String user, boolean again) throws IOException {
    if (!everything.contains(user)) {
      return Json.object()
          .put("error", "only root may ask for a look at once")
          .put("code", "root-only")
          .build();
    }
    if (again) {
      board.between(() -> {
        answering.again();
        return null;
      });
    }
    board.wake();
    return Json.object().put("done", true).build();
  }

  private Json held(String user) throws IOException {
    var all = new ArrayList<Json>();
    for (var thing : visible(user)) {
      all.add(
          Json.object()
              .put("id", thing.id().text())
              .put("rule", thing.rule().value())
              .put("item", thing.item())
              .put("path", thing.path().toString())
              .put("bytes", thing.bytes())
              .put("removed", thing.at().toString())
              .put("kept-until", thing.until().toString())
              .put("may", mayRestore(thing) == null)
              .build());
    }
    return Json.object().put("held", all).build();
  }

  private List<Held> visible(String user) throws IOException {
    return bench.at(Hands::held).stream()
        .filter(thing -> {
          var owner = thing.owner();
          return everything.contains(user) || owner != null && owner.user().equals(user);
        })
        .toList();
  }

  /// Gives back one thing, or all things of one rule.
  private Json restore(String about, String user) throws IOException {
    var things =
        visible(user).stream()
            .filter(thing -> thing.id().text().equals(about) || thing.rule().value().equals(about))
            .toList();
    if (things.isEmpty()) {
      return Json.object()
          .put("error", "nothing of yours is held under \"" + about + "\"")
          .put("code", "nothing-held")
          .build();
    }
    var done = new ArrayList<Json>();
    // The last thing that was taken first: a list that was amended twice goes back in two steps.
    for (var thing : things.reversed()) {
      var why = mayRestore(thing);
      var outcome = why == null ? bench.at(hands -> hands.giveBack(thing.id())) : null;
      done.add(
          Json.object()
              .put("path", thing.path().toString())
              .put("result", why != null ? why.words() : outcome == null ? "" : result(outcome))
              .put("code", why == null ? null : why.code())
              .put("restored", outcome != null && outcome.achieved())
              .build());
    }
    return Json.object().put("restored", done).build();
  }

  private static String result(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Done _, Outcome.AlreadyDone _ -> "restored";
      case Outcome.Refused(var why, var detail) -> Fields.written(why) + ": " + detail;
      case Outcome.Failed(var error, var detail) -> Fields.written(error) + ": " + detail;
    };
  }

  /// Why something is not given back.
  ///
  /// @param code for whoever says it in another language
  private record Barred(String code, String words) {
    static final Barred UNSEEN =
        new Barred(
            "not-looked", "the guard has not looked at this computer yet; try again in a moment");
  }

  /// Why it may not be given back now, or null: what is banned here and due would only be taken
  /// again.
  private @Nullable Barred mayRestore(Held thing) {
    var standing = board.posted().standing();
    if (standing == null) {
      return Barred.UNSEEN;
    }
    for (var one : standing.judged()) {
      if (one.rule().id().equals(thing.rule()) && banned(one.verdict())) {
        return new Barred(
            "banned",
            thing.rule()
                + " is banned on this computer; what was removed can be given back under an"
                + " exemption");
      }
    }
    return null;
  }

  /// An expired list removes nothing new, and gives nothing back either: keeping the server away
  /// must not pay.
  private static boolean banned(Verdict verdict) {
    return switch (verdict) {
      case Verdict.Due _ -> true;
      case Verdict.Held(var hold, var _) -> hold == Verdict.Hold.POLICY_EXPIRED;
      case Verdict.OutOfScope _, Verdict.Unannounced _, Verdict.Exempt _, Verdict.Waiting _ ->
          false;
    };
  }

  private static Json error(String message) {
    return Json.object().put("error", message).build();
  }
}
