package dev.interdict.server.fleetsim;

import dev.interdict.report.Coverage;
import dev.interdict.report.DeviceId;
import dev.interdict.report.Footing;
import dev.interdict.report.PolicyVersion;
import dev.interdict.report.Report;
import dev.interdict.report.ReportJson;
import dev.interdict.report.ReportedRule;
import dev.interdict.report.RuleState;
import dev.interdict.wire.ContentDigest;
import dev.interdict.wire.Headers;
import dev.interdict.wire.Routes;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// Requests that nobody should believe, each about a machine that exists and is honest.
final class Lies {
  private static final String CLEAR = "\"state\":\"clear\"";
  private static final String NO_GAPS = "\"gaps\":[]";
  private static final String A_GAP =
      "\"gaps\":[{\"source\":\"npm\",\"problem\":\"partly-inspected\"}]";
  private static final byte[] GARBAGE =
      "{\"format\":1,\"id\":[[]]}".getBytes(StandardCharsets.UTF_8);

  private final Company company;
  private final Keys keys;
  private final Roster roster;
  private final Wording wording;

  /// One lie, and what a server may answer to it.
  ///
  /// @param taken whether the server takes it for the machine's next report
  /// @param doubted whether the server must not call the machine clean until it reports again
  record Lie(Call call, Set<Integer> answers, boolean taken, boolean doubted) {}

  /// What somebody can try.
  enum Kind {
    /// Another key signs for the machine.
    FORGED,
    /// A machine that never enrolled.
    STRANGER,
    /// The body is not that of the digest.
    TAMPERED,
    /// More than the server reads, by its announced length.
    OVERSIZED,
    /// Signed, and no report.
    GARBAGE,
    /// Claims to be clear where a part was not seen: taken, and not believed.
    CLEAR_UNSEEN,
    /// Goes on from a report that never was.
    WRONG_HASH,
    /// A place in the chain that is taken, with other bytes.
    REWRITTEN,
    /// The last report's bytes, in a new request.
    REPEATED,
    /// Holds newer signed files than there are; true in all else.
    NEWER_VERSIONS
  }

  Lies(Company company, Hours hours, Keys keys, Roster roster) {
    this.company = company;
    this.keys = keys;
    this.roster = roster;
    this.wording = new Wording(company, hours);
  }

  /// A lie about `machine`, which has reported before.
  ///
  /// @param last the bytes of its last report
  Lie tell(Kind kind, int machine, byte[] last, Instant now) {
    var id = keys.id(machine);
    UnaryOperator<byte[]> own = base -> keys.sign(machine, base);
    UnaryOperator<byte[]> others = base -> keys.sign(other(machine), base);
    var clear = cleared(machine, now, roster.taken(machine));
    var next = roster.next(machine);
    return switch (kind) {
      case FORGED -> refused(call(next, clear, id, now, others), 401);
      case STRANGER ->
          refused(call(1, clear, new DeviceId("0".repeat(31) + "7"), now, others), 401);
      case TAMPERED -> {
        var call = call(next, last, id, now, own);
        call.bytes()[call.bytes().length - 3] ^= 1;
        yield refused(call, 401);
      }
      case OVERSIZED -> refused(new Call(Call.Kind.LIE, now, last, oversized()), 413);
      case GARBAGE -> refused(call(next, GARBAGE, id, now, own), 422);
      case CLEAR_UNSEEN ->
          new Lie(call(next, unseen(machine, now), id, now, own), Set.of(204), true, true);
      case WRONG_HASH -> {
        var taken = new Footing.Taken(next - 1, "ab".repeat(32));
        yield forks(call(next, cleared(machine, now, taken), id, now, own));
      }
      case REWRITTEN -> {
        var there = roster.taken(machine);
        var before = there.sequence() == 1 ? null : "cd".repeat(32);
        var body = ReportJson.write(at(report(machine, now, there), there.sequence(), before));
        yield forks(call(there.sequence(), body, id, now, own));
      }
      case REPEATED -> new Lie(call(next - 1, last, id, now, own), Set.of(200, 204), false, false);
      case NEWER_VERSIONS -> {
        var body = ReportJson.write(claiming(report(machine, now, roster.taken(machine))));
        yield new Lie(call(next, body, id, now, own), Set.of(204), true, false);
      }
    };
  }

  /// The machine's own report, but for what it says it holds.
  private static Report claiming(Report honest) {
    var footing = Objects.requireNonNull(honest.footing());
    var versions = new TreeMap<>(footing.versions());
    versions.replaceAll((_, version) -> version + 90_000);
    return new Report(
        honest.id(),
        honest.device(),
        honest.sequence(),
        honest.previousHash(),
        honest.at(),
        "99.0.0",
        new PolicyVersion(90_000, 90_000),
        new Footing(footing.taken(), versions),
        honest.coverage(),
        honest.rules(),
        honest.problems());
  }

  private static Lie refused(Call call, int status) {
    return new Lie(call, Set.of(status), false, false);
  }

  private static Lie forks(Call call) {
    return new Lie(call, Set.of(409), false, true);
  }

  private int other(int machine) {
    return (company.keyOf(machine) + 1) % company.devices();
  }

  private Report report(int machine, Instant now, Footing.Taken taken) {
    var hash = taken.hash().isEmpty() ? null : taken.hash();
    return wording.report(
        machine,
        new Wording.Link(
            keys.id(machine), roster.next(machine), hash, taken, now.minusSeconds(1), now));
  }

  private static Report at(Report report, long sequence, @Nullable String previous) {
    return new Report(
        report.id(),
        report.device(),
        sequence,
        previous,
        report.at(),
        report.agentVersion(),
        report.policy(),
        null,
        report.coverage(),
        report.rules(),
        report.problems());
  }

  /// What the machine would say if it were clear of everything.
  private byte[] cleared(int machine, Instant now, Footing.Taken taken) {
    var honest = report(machine, now, taken);
    var rules =
        honest.rules().stream()
            .map(rule ->
                new ReportedRule(
                    rule.rule(), RuleState.CLEAR, null, null, null, List.of(), List.of()))
            .toList();
    return ReportJson.write(
        new Report(
            honest.id(),
            honest.device(),
            honest.sequence(),
            honest.previousHash(),
            honest.at(),
            honest.agentVersion(),
            honest.policy(),
            honest.footing(),
            new Coverage(now, true, List.of()),
            rules,
            honest.problems()));
  }

  /// The same, where a part was not seen: no program of ours writes it.
  private byte[] unseen(int machine, Instant now) {
    var text = new String(cleared(machine, now, roster.taken(machine)), StandardCharsets.UTF_8);
    if (!text.contains(NO_GAPS) || !text.contains(CLEAR)) {
      throw new IllegalStateException("a report is written in another way: " + text);
    }
    return text.replace(NO_GAPS, A_GAP).getBytes(StandardCharsets.UTF_8);
  }

  private static Call call(
      long sequence, byte[] body, DeviceId id, Instant at, UnaryOperator<byte[]> signer) {
    return Call.of(Call.Kind.LIE, Routes.REPORTS, sequence, body, id, at, at, signer);
  }

  private static byte[] oversized() {
    var digest = ContentDigest.of(new byte[0]);
    return ("POST %s HTTP/1.1\r\nHost: interdict\r\nContent-Length: %d\r\n%s: %s\r\n\r\n"
            .formatted(
                Routes.REPORTS, ReportJson.LIMITS.bytes() + 1, Headers.CONTENT_DIGEST, digest))
        .getBytes(StandardCharsets.US_ASCII);
  }
}
