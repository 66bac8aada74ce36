package dev.interdict.policy;

import dev.interdict.json.Fault;
import dev.interdict.json.Fields;
import dev.interdict.json.Json;
import dev.interdict.json.JsonException;
import dev.interdict.json.JsonLimits;
import dev.interdict.json.JsonReader;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// One shard of exemptions. Signed online, so it can only make agents do less: an exemption that
/// cannot be read still counts against its rule, or the exempted would be punished for our bug.
///
/// @param undecided rules with an exemption that was not understood: held on this device
/// @param wholeHeld whether an exemption was so unreadable that its rule is unknown: everything
///   held
/// @param refused requests that were refused
/// @param confirmed what persons confirmed to be a rule's tool
/// @param ignored how many refusals and confirmations were not understood: without them this device
///   does no more than with them
public record Exemptions(
    List<Exemption> granted,
    Set<RuleId> undecided,
    boolean wholeHeld,
    List<Refusal> refused,
    List<Confirmation> confirmed,
    int ignored) {
  public static final int FORMAT = 1;
  public static final Exemptions NONE = new Exemptions(List.of(), Set.of(), false);

  /// Exemptions with no other answer of a person.
  public Exemptions(List<Exemption> granted, Set<RuleId> undecided, boolean wholeHeld) {
    this(granted, undecided, wholeHeld, List.of(), List.of(), 0);
  }

  public Exemptions {
    granted = List.copyOf(granted);
    undecided = Set.copyOf(undecided);
    refused = List.copyOf(refused);
    confirmed = List.copyOf(confirmed);
  }

  /// The shard in which a device's exemptions stand: two hex digits of the hash of its id.
  public static String pathFor(String device) {
    try {
      var hash =
          MessageDigest.getInstance("SHA-256").digest(device.getBytes(StandardCharsets.UTF_8));
      return "exemptions/" + HexFormat.of().formatHex(hash, 0, 1) + ".json";
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /// Reads a verified shard, keeping what concerns `device`.
  ///
  /// @throws JsonException if the document's frame is not understood
  public static Exemptions read(byte[] document, String device) throws JsonException {
    var faults = new ArrayList<Fault>();
    var fields = Fields.of(JsonReader.read(document, JsonLimits.OWN), faults);
    fields.integer("format", FORMAT, FORMAT);
    var granted = new ArrayList<Exemption>();
    var undecided = new HashSet<RuleId>();
    var held = new boolean[1];
    fields.list(
        "exemptions",
        (item, at) -> {
          var own = new ArrayList<Fault>();
          var exemption = readOne(Fields.of(item, at, own));
          if (own.isEmpty()) {
            if (exemption.device().equals(device)) {
              granted.add(exemption);
            }
          } else if (mayConcern(item, device)) {
            ruleOf(item).ifPresentOrElse(undecided::add, () -> held[0] = true);
          }
          return at;
        });
    var ignored = new int[1];
    var refused =
        answers(fields.optional("refused"), device, Refusal::read, Refusal::device, ignored);
    var confirmed =
        answers(
            fields.optional("confirmed"),
            device,
            Confirmation::read,
            Confirmation::device,
            ignored);
    fields.end();
    if (!faults.isEmpty()) {
      throw new JsonException("exemptions not understood: " + faults.getFirst());
    }
    return new Exemptions(granted, undecided, held[0], refused, confirmed, ignored[0]);
  }

  /// The answers for `device`. One that is not understood ends no wait and settles no doubt, so it
  /// is left out and counted.
  private static <T> List<T> answers(
      @Nullable Json list,
      String device,
      Function<Fields, T> read,
      Function<T, @Nullable String> deviceOf,
      int[] ignored) {
    if (list == null) {
      return List.of();
    }
    if (!(list instanceof Json.Arr(var items))) {
      ignored[0]++;
      return List.of();
    }
    var answers = new ArrayList<T>();
    for (var item : items) {
      var faults = new ArrayList<Fault>();
      var answer = read.apply(Fields.of(item, faults));
      if (!faults.isEmpty()) {
        ignored[0] += mayConcern(item, device) ? 1 : 0;
      } else if (deviceOf.apply(answer) == null || device.equals(deviceOf.apply(answer))) {
        answers.add(answer);
      }
    }
    return answers;
  }

  private static Exemption readOne(Fields fields) {
    var exemption =
        new Exemption(
            fields.text("id"),
            fields.parsed("rule", RuleId::new, new RuleId("unreadable")),
            fields.text("device"),
            fields.parsed("until", Dates::instant, Instant.EPOCH),
            fields.text("granted-by"),
            fields.text("reason"));
    fields.end();
    return exemption;
  }

  private static boolean mayConcern(Json item, String device) {
    return !(item instanceof Json.Obj object)
        || !(object.get("device") instanceof Json.Text(var named))
        || named.equals(device);
  }

  private static java.util.Optional<RuleId> ruleOf(Json item) {
    try {
      return item instanceof Json.Obj object && object.get("rule") instanceof Json.Text(var rule)
          ? java.util.Optional.of(new RuleId(rule))
          : java.util.Optional.empty();
    } catch (IllegalArgumentException e) {
      return java.util.Optional.empty();
    }
  }
}
