package dev.interdict.trust.metadata;

import dev.interdict.json.Fields;
import dev.interdict.json.Json;
import dev.interdict.trust.keys.TufKey;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/// That a role hands all its paths to `2^bitLength` bins, each path to the one bin that the first
/// bits of its SHA-256 number (TAP 15). One entry in place of as many delegations; a bin is made
/// only when a path asks for it.
///
/// @param keys of every bin
/// @param bitLength 1 to 32
/// @param namePrefix bins are named `PREFIX-` and their number in hex, all equally long
public record SuccinctRoles(RoleKeys keys, int bitLength, String namePrefix) {
  private static final int MOST_BITS = 32;

  public SuccinctRoles {
    if (bitLength < 1 || bitLength > MOST_BITS) {
      throw new IllegalArgumentException("hash bins take 1 to 32 bits, not " + bitLength);
    }
    name(namePrefix, bitLength, 0);
  }

  /// The delegation to the bin that `path` falls into. It always ends a search: no other role may
  /// speak of that path.
  Delegation bin(String path) {
    var hash = Hashes.sha256(path.getBytes(StandardCharsets.UTF_8));
    var number = HexFormat.fromHexDigitsToLong(hash, 0, 8) >>> (MOST_BITS - bitLength);
    var prefixes = new Delegation.HashPrefixes(prefixes(number));
    return new Delegation(name(namePrefix, bitLength, number), keys, prefixes, true);
  }

  /// How hashes begin whose first bits are `number`: at most eight ways, since a hex digit has four
  /// bits.
  private List<String> prefixes(long number) {
    var digits = digits(bitLength);
    var spare = 4 * digits - bitLength;
    var prefixes = new ArrayList<String>();
    for (var rest = 0L; rest < 1L << spare; rest++) {
      prefixes.add(HexFormat.of().toHexDigits((number << spare) + rest, digits));
    }
    return prefixes;
  }

  private static RoleName name(String prefix, int bitLength, long number) {
    return new RoleName(prefix + "-" + HexFormat.of().toHexDigits(number, digits(bitLength)));
  }

  /// Hex digits of the highest number.
  private static int digits(int bitLength) {
    return (bitLength + 3) / 4;
  }

  static SuccinctRoles read(Fields fields, Map<String, TufKey> known) {
    var keys = RoleKeys.read(fields, known);
    var bits = (int) fields.integer("bit_length", 1, MOST_BITS);
    return fields.parsed(
        "name_prefix",
        prefix -> new SuccinctRoles(keys, bits, prefix),
        new SuccinctRoles(keys, bits, "unreadable"));
  }

  Json.Obj write() {
    return keys.write().put("bit_length", bitLength).put("name_prefix", namePrefix).build();
  }
}
