package dev.interdict.agent.scan.memory;

import dev.interdict.agent.inventory.Amendment;
import dev.interdict.agent.inventory.BytePath;
import dev.interdict.agent.inventory.FileFact;
import dev.interdict.agent.inventory.FileId;
import dev.interdict.agent.inventory.FileKind;
import dev.interdict.agent.inventory.Home;
import dev.interdict.agent.inventory.Item;
import dev.interdict.agent.inventory.Part;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One remembered look as bytes. Paths are written once each, as a name in a path before it.
final class Blocks {
  private static final FileKind[] KINDS = FileKind.values();
  private static final Part.Role[] ROLES = Part.Role.values();

  private Blocks() {}

  /// @throws IOException if a text in it is too long to be kept
  static byte[] write(Memory.Place place, Memory.Look look) throws IOException {
    var body = new ByteArrayOutputStream();
    new Writing(new DataOutputStream(body)).look(place, look);
    return body.toByteArray();
  }

  static byte[] write(Map<FileFact, String> digests) throws IOException {
    var body = new ByteArrayOutputStream();
    var writing = new Writing(new DataOutputStream(body));
    for (var digest : digests.entrySet()) {
      writing.fact(digest.getKey());
      writing.out.writeUTF(digest.getValue());
    }
    return body.toByteArray();
  }

  /// @throws IOException if these are not the bytes of digests
  static Map<FileFact, String> readDigests(byte[] block) throws IOException {
    try {
      var in = new DataInputStream(new ByteArrayInputStream(block));
      var reading = new Reading(in);
      var digests = new HashMap<FileFact, String>();
      while (in.available() > 0) {
        digests.put(reading.fact(), in.readUTF());
      }
      return digests;
    } catch (IndexOutOfBoundsException e) {
      throw new IOException("not remembered digests", e);
    }
  }

  /// @throws IOException if these are not the bytes of a look
  static Map.Entry<Memory.Place, Memory.Look> read(byte[] block) throws IOException {
    try {
      return new Reading(new DataInputStream(new ByteArrayInputStream(block))).look();
    } catch (IllegalArgumentException | IndexOutOfBoundsException | DateTimeException e) {
      throw new IOException("not a remembered look", e);
    }
  }

  private static final class Writing {
    private final DataOutputStream out;
    private final Map<BytePath, Integer> paths = new HashMap<>(Map.of(BytePath.ROOT, 0));

    Writing(DataOutputStream out) {
      this.out = out;
    }

    void look(Memory.Place place, Memory.Look look) throws IOException {
      out.writeUTF(place.source());
      path(place.path());
      var home = place.home();
      out.writeBoolean(home != null);
      if (home != null) {
        out.writeUTF(home.user());
        out.writeInt(home.uid());
        path(home.path());
      }
      out.writeLong(look.at().getEpochSecond());
      out.writeInt(look.at().getNano());
      facts(look.basis().contents());
      facts(look.basis().names());
      out.writeInt(look.basis().missing().size());
      for (var missing : look.basis().missing()) {
        path(missing.above());
        out.writeBoolean(missing.fact() != null);
        if (missing.fact() != null) {
          fact(missing.fact());
        }
        out.writeInt(missing.paths().size());
        for (var path : missing.paths()) {
          path(path);
        }
      }
      out.writeInt(look.items().size());
      for (var item : look.items()) {
        item(item, home);
      }
    }

    private void facts(Map<BytePath, FileFact> facts) throws IOException {
      out.writeInt(facts.size());
      for (var fact : facts.entrySet()) {
        path(fact.getKey());
        fact(fact.getValue());
      }
    }

    private void fact(FileFact fact) throws IOException {
      out.writeByte(fact.kind().ordinal());
      id(fact.id());
      out.writeLong(fact.size());
      out.writeInt(fact.uid());
      out.writeInt(fact.mode());
      out.writeInt(fact.links());
      out.writeLong(fact.modified());
      out.writeLong(fact.changed());
    }

    private void id(FileId id) throws IOException {
      out.writeLong(id.device());
      out.writeLong(id.inode());
    }

    private void path(BytePath path) throws IOException {
      var fresh = new ArrayList<BytePath>();
      var known = path;
      while (!paths.containsKey(known)) {
        fresh.add(known);
        known = known.parent();
      }
      out.writeInt(paths.get(known));
      out.writeShort(fresh.size());
      for (var next : fresh.reversed()) {
        paths.put(next, paths.size());
        var name = next.name();
        out.writeByte(name.length);
        out.write(name);
      }
    }

    private void item(Item item, @Nullable Home home) throws IOException {
      out.writeUTF(item.source());
      Identities.write(item.identity(), out);
      text(item.version());
      text(item.origin());
      out.writeBoolean(item.owner() != null);
      if (item.owner() != null && !item.owner().equals(home)) {
        throw new IllegalStateException("a look at one home saw the software of another");
      }
      path(item.location());
      out.writeInt(item.parts().size());
      for (var part : item.parts()) {
        out.writeByte(part.role().ordinal());
        path(part.path());
        id(part.id());
        out.writeByte(part.kind().ordinal());
      }
      out.writeInt(item.amendments().size());
      for (var amendment : item.amendments()) {
        amendment(amendment);
      }
      out.writeInt(item.starts().size());
      for (var file : item.starts()) {
        path(file);
      }
    }

    private void amendment(Amendment amendment) throws IOException {
      path(amendment.file());
      id(amendment.id());
      out.writeUTF(amendment.sha256());
      out.writeInt(amendment.cuts().size());
      for (var cut : amendment.cuts()) {
        out.writeInt(cut.from());
        out.writeInt(cut.to());
        out.writeInt(cut.before());
        out.writeInt(cut.after());
      }
    }

    private void text(@Nullable String text) throws IOException {
      out.writeBoolean(text != null);
      if (text != null) {
        out.writeUTF(text);
      }
    }
  }

  private static final class Reading {
    private final DataInputStream in;
    private final List<BytePath> paths = new ArrayList<>(List.of(BytePath.ROOT));

    Reading(DataInputStream in) {
      this.in = in;
    }

    Map.Entry<Memory.Place, Memory.Look> look() throws IOException {
      var source = in.readUTF();
      var path = path();
      var home = in.readBoolean() ? new Home(in.readUTF(), in.readInt(), path()) : null;
      var at = Instant.ofEpochSecond(in.readLong(), in.readInt());
      var contents = facts();
      var names = facts();
      var missing = new ArrayList<Basis.Missing>();
      for (var left = in.readInt(); left > 0; left--) {
        missing.add(missing());
      }
      var items = new ArrayList<Item>();
      for (var left = in.readInt(); left > 0; left--) {
        items.add(item(home));
      }
      return Map.entry(
          new Memory.Place(source, path, home),
          new Memory.Look(new Basis(contents, names, missing), items, at));
    }

    private Map<BytePath, FileFact> facts() throws IOException {
      var facts = new HashMap<BytePath, FileFact>();
      for (var left = in.readInt(); left > 0; left--) {
        facts.put(path(), fact());
      }
      return facts;
    }

    private FileFact fact() throws IOException {
      return new FileFact(
          KINDS[in.readByte()],
          id(),
          in.readLong(),
          in.readInt(),
          in.readInt(),
          in.readInt(),
          in.readLong(),
          in.readLong());
    }

    private FileId id() throws IOException {
      return new FileId(in.readLong(), in.readLong());
    }

    private Basis.Missing missing() throws IOException {
      var above = path();
      var fact = in.readBoolean() ? fact() : null;
      var all = new ArrayList<BytePath>();
      for (var left = in.readInt(); left > 0; left--) {
        all.add(path());
      }
      return new Basis.Missing(above, fact, all);
    }

    private BytePath path() throws IOException {
      var path = paths.get(in.readInt());
      for (var left = in.readUnsignedShort(); left > 0; left--) {
        path = path.resolve(in.readNBytes(in.readUnsignedByte()));
        paths.add(path);
      }
      return path;
    }

    private Item item(@Nullable Home home) throws IOException {
      var source = in.readUTF();
      var identity = Identities.read(in);
      var version = text();
      var origin = text();
      var owner = in.readBoolean() ? home : null;
      var location = path();
      var parts = new ArrayList<Part>();
      for (var left = in.readInt(); left > 0; left--) {
        parts.add(new Part(ROLES[in.readByte()], path(), id(), KINDS[in.readByte()]));
      }
      var amendments = new ArrayList<Amendment>();
      for (var left = in.readInt(); left > 0; left--) {
        amendments.add(amendment());
      }
      var starts = new ArrayList<BytePath>();
      for (var left = in.readInt(); left > 0; left--) {
        starts.add(path());
      }
      return new Item(
          source, identity, version, owner, location, parts, origin, amendments, starts);
    }

    private Amendment amendment() throws IOException {
      var file = path();
      var id = id();
      var sha256 = in.readUTF();
      var cuts = new ArrayList<Amendment.Cut>();
      for (var left = in.readInt(); left > 0; left--) {
        cuts.add(new Amendment.Cut(in.readInt(), in.readInt(), in.readInt(), in.readInt()));
      }
      return new Amendment(file, id, sha256, cuts);
    }

    private @Nullable String text() throws IOException {
      return in.readBoolean() ? in.readUTF() : null;
    }
  }
}
