package dev.interdict.trust.metadata;

import dev.interdict.json.Fault;
import dev.interdict.json.Fields;
import dev.interdict.json.Json;
import dev.interdict.json.JsonException;
import dev.interdict.json.JsonLimits;
import dev.interdict.json.JsonReader;
import dev.interdict.json.JsonWriter;
import dev.interdict.trust.keys.KeyId;
import dev.interdict.trust.keys.Signer;
import dev.interdict.trust.metadata.RepositoryException.Family;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;

/// A file of signatures over a document (specification 1.0.34, section 4.2), bytes kept as
/// received. Immutable.
///
/// What is verified is the canonical form of the whole `signed` tree, members unknown to us
/// included.
public final class SignedFile {
  /// More than any real file has; each is one chance to make us compute.
  public static final int MOST_SIGNATURES = 32;

  private final byte[] bytes;
  private final Json.Obj signed;
  private final SequencedMap<String, String> signatures;

  private SignedFile(byte[] bytes, Json.Obj signed, SequencedMap<String, String> signatures) {
    this.bytes = bytes;
    this.signed = signed;
    this.signatures = signatures;
  }

  /// The file in `bytes`; `what` names it in errors.
  ///
  /// @throws RepositoryException if it is malformed, or a key id signs twice
  public static SignedFile read(byte[] bytes, String what) throws RepositoryException {
    var faults = new ArrayList<Fault>();
    var fields = Fields.of(json(bytes, what), faults);
    SequencedMap<String, String> signatures = new LinkedHashMap<>();
    fields.required("signatures");
    fields.list("signatures", (item, at) -> addSignature(item, at, faults, signatures));
    var signed = fields.required("signed");
    if (!faults.isEmpty()) {
      throw RepositoryException.malformed(what, faults);
    }
    if (!(signed instanceof Json.Obj object)) {
      throw new RepositoryException(
          Family.MALFORMED, what + " is malformed: \"signed\" must be an object");
    }
    if (signatures.size() > MOST_SIGNATURES) {
      throw new RepositoryException(
          Family.LIMIT, what + " has more than " + MOST_SIGNATURES + " signatures");
    }
    return new SignedFile(bytes.clone(), object, signatures);
  }

  private static Json json(byte[] bytes, String what) throws RepositoryException {
    try {
      return JsonReader.read(bytes, JsonLimits.OWN);
    } catch (JsonException e) {
      throw new RepositoryException(Family.MALFORMED, what + " is malformed: " + e.getMessage());
    }
  }

  private static boolean addSignature(
      Json item, String at, List<Fault> faults, Map<String, String> signatures) {
    var fields = Fields.of(item, at, faults);
    var keyId = fields.text("keyid");
    // An empty or odd signature is merely one that does not count.
    if (!(fields.required("sig") instanceof Json.Text(var sig))) {
      fields.fault("sig", "must be a string");
    } else if (signatures.put(keyId, sig) != null) {
      fields.fault("keyid", "signs twice");
    }
    return true;
  }

  /// A new file with `signed` and the signatures of `signers`.
  public static SignedFile sign(Json.Obj signed, Iterable<? extends Signer> signers) {
    SequencedMap<String, String> signatures = new LinkedHashMap<>();
    var payload = JsonWriter.canonical(signed);
    for (var signer : signers) {
      var signature = HexFormat.of().formatHex(signer.sign(payload));
      signatures.put(signer.key().id().value(), signature);
    }
    return written(signed, signatures);
  }

  /// This file with one more signature, or that key's signature renewed.
  public SignedFile signedBy(Signer signer) {
    SequencedMap<String, String> all = new LinkedHashMap<>(signatures);
    all.put(signer.key().id().value(), HexFormat.of().formatHex(signer.sign(payload())));
    return written(signed, all);
  }

  /// This file with the signatures that `other` has and this one lacks.
  ///
  /// @throws IllegalArgumentException if the two are not over the same bytes
  public SignedFile joined(SignedFile other) {
    if (!Arrays.equals(payload(), other.payload())) {
      throw new IllegalArgumentException("the signatures are over other bytes");
    }
    SequencedMap<String, String> all = new LinkedHashMap<>(signatures);
    other.signatures.forEach(all::putIfAbsent);
    return written(signed, all);
  }

  /// This file with the signatures of these keys alone.
  public SignedFile keeping(Set<KeyId> keys) {
    SequencedMap<String, String> kept = new LinkedHashMap<>(signatures);
    kept.keySet().removeIf(id -> !keys.contains(new KeyId(id)));
    return written(signed, kept);
  }

  private static SignedFile written(Json.Obj signed, SequencedMap<String, String> signatures) {
    var list = new ArrayList<Json>();
    signatures.forEach(
        (keyId, sig) -> list.add(Json.object().put("keyid", keyId).put("sig", sig).build()));
    var file = Json.object().put("signatures", list).put("signed", signed).build();
    return new SignedFile(JsonWriter.compact(file), signed, signatures);
  }

  /// The file as received.
  public byte[] bytes() {
    return bytes.clone();
  }

  public int length() {
    return bytes.length;
  }

  /// Whether the file's bytes are these.
  public boolean hasBytes(byte[] other) {
    return Arrays.equals(bytes, other);
  }

  /// The document.
  public Json.Obj signed() {
    return signed;
  }

  /// The bytes that signatures are over.
  public byte[] payload() {
    return JsonWriter.canonical(signed);
  }

  /// The signature that carries the key id; empty where there is none or it is not hex.
  byte[] signature(KeyId keyId) {
    var sig = signatures.get(keyId.value());
    if (sig == null || sig.length() > 4096) {
      return new byte[0];
    }
    try {
      return HexFormat.of().parseHex(sig);
    } catch (IllegalArgumentException e) {
      return new byte[0];
    }
  }
}
