package dev.interdict.trust;

import dev.interdict.trust.metadata.RepositoryException;
import dev.interdict.trust.metadata.RepositoryException.Family;
import dev.interdict.trust.metadata.RoleName;
import dev.interdict.trust.metadata.Schemes;
import dev.interdict.trust.metadata.Targets;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A target and the signed files that vouch for it, in one stored file. Metadata on disk moves on
/// before a new target arrives, or without it; this keeps the last good one provable meanwhile.
///
/// @param chain the files of the roles from the top-level targets to the one that lists the target
@SuppressWarnings("ArrayRecordComponent") // never leaves the package; compared by sameAs
record ProvenTarget(List<Link> chain, byte[] content) {
  private static final int MAGIC = 0x49545031; // "ITP1"

  /// One role's file, as received.
  @SuppressWarnings("ArrayRecordComponent") // as above
  record Link(RoleName role, byte[] file) {}

  static ProvenTarget of(List<Targets> chain, byte[] content) {
    var links = new ArrayList<Link>();
    chain.forEach(role -> links.add(new Link(role.role(), role.file().bytes())));
    return new ProvenTarget(links, content);
  }

  boolean sameAs(ProvenTarget other) {
    return Arrays.equals(encode(), other.encode());
  }

  byte[] encode() {
    var bytes = new ByteArrayOutputStream();
    try (var out = new DataOutputStream(bytes)) {
      out.writeInt(MAGIC);
      out.writeInt(chain.size());
      for (var link : chain) {
        put(out, link.role().value().getBytes(StandardCharsets.UTF_8));
        put(out, link.file());
      }
      put(out, content);
    } catch (IOException e) {
      throw new IllegalStateException("writing to memory failed", e);
    }
    return bytes.toByteArray();
  }

  private static void put(DataOutputStream out, byte[] bytes) throws IOException {
    out.writeInt(bytes.length);
    out.write(bytes);
  }

  /// What [#encode] wrote, or null if it is torn or damaged.
  static @Nullable ProvenTarget decode(byte[] bytes, int mostRoles) {
    try (var in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      if (in.readInt() != MAGIC) {
        return null;
      }
      var count = in.readInt();
      if (count < 1 || count > mostRoles + 1) {
        return null;
      }
      var links = new ArrayList<Link>();
      for (var i = 0; i < count; i++) {
        var name = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(get(in)));
        var role = new RoleName(name.toString());
        links.add(new Link(role, get(in)));
      }
      var content = get(in);
      return in.read() < 0 ? new ProvenTarget(links, content) : null;
    } catch (IOException | IllegalArgumentException e) {
      return null;
    }
  }

  private static byte[] get(DataInputStream in) throws IOException {
    var length = in.readInt();
    if (length < 0 || length > in.available()) {
      throw new IOException("length beyond the end");
    }
    return in.readNBytes(length);
  }

  /// The role that vouches for the content, after each link is verified against the one above it:
  /// signatures, matching paths, length and hash. Expiry is the caller's to judge.
  ///
  /// @param trusted as of now, so that keys its root has revoked no longer prove anything
  /// @param newestTop the newest top-level targets believed, whose delegations count in place of
  ///   the chain's own, or null
  Targets verify(String path, TrustedMetadata trusted, @Nullable Targets newestTop)
      throws RepositoryException {
    var holder = newestTop == null || chain.size() == 1 ? verifyTop(trusted) : newestTop;
    for (var link : chain.subList(1, chain.size())) {
      holder = verifyLink(path, link, holder, trusted.schemes());
    }
    var target = holder.targets().get(path);
    if (target == null) {
      throw new RepositoryException(Family.MISMATCH, "the stored proof is for another target");
    }
    target.check(content, path);
    return holder;
  }

  private Targets verifyTop(TrustedMetadata trusted) throws RepositoryException {
    return trusted.signedTop(chain.getFirst().file());
  }

  private static Targets verifyLink(String path, Link link, Targets delegator, Schemes schemes)
      throws RepositoryException {
    for (var delegation : delegator.matching(path)) {
      if (delegation.role().equals(link.role())) {
        var role = Targets.read(link.role(), link.file());
        var what = "stored metadata of role " + link.role().encoded();
        delegation.keys().verify(role.file(), what, schemes);
        return role;
      }
    }
    throw new RepositoryException(
        Family.MISMATCH, "role " + link.role().encoded() + " no longer holds the stored target");
  }
}
