package dev.interdict.server.fleet;

import dev.interdict.offline.SharedSecret;
import dev.interdict.policy.Vocabulary;
import dev.interdict.report.Coverage;
import dev.interdict.report.Device;
import dev.interdict.report.DeviceId;
import dev.interdict.report.EnrolRequest;
import dev.interdict.report.Footing;
import dev.interdict.report.OsFamily;
import dev.interdict.report.PolicyVersion;
import dev.interdict.report.Report;
import dev.interdict.report.ReportId;
import dev.interdict.report.ReportJson;
import dev.interdict.report.ReportedProblem;
import dev.interdict.report.ReportedRule;
import dev.interdict.wire.ContentDigest;
import dev.interdict.wire.DeviceKey;
import dev.interdict.wire.KeyReplacement;
import dev.interdict.wire.MessageSignature;
import dev.interdict.wire.RequestParts;
import dev.interdict.wire.Routes;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.List;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/// A device that speaks the protocol correctly; tests bend what it says.
public final class SimulatedDevice {
  private final KeyPair keys;
  private final OsFamily os;
  private final String host;
  private final DeviceId id;
  private int vocabulary = Vocabulary.CURRENT;
  private String agent = "0.1.0";
  private List<ReportedProblem> problems = List.of();
  private long sequence;
  private @Nullable String previous;
  private @Nullable Footing footing;

  public SimulatedDevice(String host, OsFamily os) {
    this(host, os, pair(), null, 0, null);
  }

  private SimulatedDevice(
      String host,
      OsFamily os,
      KeyPair keys,
      @Nullable DeviceId id,
      long sequence,
      @Nullable String previous) {
    this.keys = keys;
    this.os = os;
    this.host = host;
    this.id = id == null ? DeviceId.of(keys.getPublic()) : id;
    this.sequence = sequence;
    this.previous = previous;
  }

  private static KeyPair pair() {
    try {
      return KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /// The same machine under another name.
  public SimulatedDevice called(String name) {
    return new SimulatedDevice(name, os, keys, id, sequence, previous);
  }

  /// A second machine with the same key and memory.
  public SimulatedDevice cloned() {
    return new SimulatedDevice(host, os, keys, id, sequence, previous);
  }

  /// The same device with the same memory and a new key, which no server has.
  public SimulatedDevice renewed() {
    return new SimulatedDevice(host, os, pair(), id, sequence, previous);
  }

  /// Asks for the key of `next` in place of its own.
  public SignedRequest offer(SimulatedDevice next, Instant at) {
    return signed(Routes.KEY, replacement(next, at).write(), 0, at);
  }

  KeyReplacement replacement(SimulatedDevice next, Instant at) {
    return KeyReplacement.prove(id, publicKey(), next.publicKey(), next.keys.getPrivate(), at);
  }

  /// What the device and the server know whose key for one-time codes that is.
  public SharedSecret secret(String server) {
    return SharedSecret.ofDevice(keys.getPrivate(), publicKey(), server);
  }

  String publicKey() {
    return DeviceKey.hex(keys.getPublic());
  }

  /// Says in its reports from now on that the server has `taken`, and that it holds these versions.
  public SimulatedDevice remembering(Footing.Taken taken, SortedMap<String, Long> versions) {
    footing = new Footing(taken, versions);
    return this;
  }

  /// The last report that it composed.
  public Footing.Taken last() {
    return previous == null ? Footing.Taken.NONE : new Footing.Taken(sequence, previous);
  }

  /// Goes on at that number.
  public SimulatedDevice goingOnAt(long next) {
    sequence = next - 1;
    return this;
  }

  /// The same device under another agent.
  public SimulatedDevice with(String agent, int vocabulary) {
    this.agent = agent;
    this.vocabulary = vocabulary;
    return this;
  }

  /// What it reports as wrong from now on.
  public SimulatedDevice suffering(ReportedProblem... problems) {
    this.problems = List.of(problems);
    return this;
  }

  public DeviceId id() {
    return id;
  }

  public Device facts() {
    return new Device(id, host, os, "12", "amd64", vocabulary);
  }

  public SignedRequest enrol(String token, @Nullable String hardware, Instant at) {
    var body = new EnrolRequest(token, DeviceKey.hex(keys.getPublic()), hardware, facts()).write();
    return signed(Routes.ENROL, body, 0, at);
  }

  /// The next report's exact bytes; the device counts it as sent.
  public byte[] report(Coverage coverage, Instant at, ReportedRule... rules) {
    sequence++;
    var bytes =
        ReportJson.write(
            new Report(
                new ReportId("report-" + sequence),
                facts(),
                sequence,
                previous,
                at,
                agent,
                new PolicyVersion(1, 1),
                footing,
                coverage,
                List.of(rules),
                problems));
    previous = ReportJson.hash(bytes);
    return bytes;
  }

  public long sequence() {
    return sequence;
  }

  public SignedRequest signedReport(byte[] body, Instant at) {
    return signed(Routes.REPORTS, body, sequence, at);
  }

  /// The hash of the last report that it composed.
  public @Nullable String lastHash() {
    return previous;
  }

  public SignedRequest signed(String path, byte[] body, long sequence, Instant at) {
    return signed(path, body, sequence, at, "nonce-of-16-chars");
  }

  public SignedRequest signed(String path, byte[] body, long sequence, Instant at, String nonce) {
    var parts = new RequestParts("POST", path, null, ContentDigest.of(body), sequence);
    var signature = MessageSignature.sign(parts, at, id, nonce, keys.getPrivate());
    return new SignedRequest(parts, signature.inputField(parts), signature.signatureField(), body);
  }
}
