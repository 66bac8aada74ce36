package dev.interdict.agent.scan.memory;

import dev.interdict.agent.inventory.Identity;
import dev.interdict.identity.PackageUrl;
import dev.interdict.policy.Residue;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.TreeMap;

/// Identities as bytes.
final class Identities {
  private static final int PACKAGE = 1;
  private static final int EXTENSION = 2;
  private static final int APPLICATION = 3;
  private static final int PROGRAM = 4;
  private static final int MODEL = 5;
  private static final int VARIABLE = 6;
  private static final int CONTAINER = 7;
  private static final int RESIDUE = 8;

  private Identities() {}

  static void write(Identity identity, DataOutputStream out) throws IOException {
    switch (identity) {
      case Identity.OfPackage(var purl) -> {
        texts(out, PACKAGE, purl.type(), purl.namespace(), purl.name(), purl.version());
        out.writeUTF(purl.subpath());
        out.writeShort(purl.qualifiers().size());
        for (var qualifier : purl.qualifiers().entrySet()) {
          out.writeUTF(qualifier.getKey());
          out.writeUTF(qualifier.getValue());
        }
      }
      case Identity.OfExtension(var host, var id) -> texts(out, EXTENSION, host, id);
      case Identity.OfApplication(var platform, var id) -> texts(out, APPLICATION, platform, id);
      case Identity.OfProgram(var place) -> texts(out, PROGRAM, place);
      case Identity.OfModel(var tool, var model) -> texts(out, MODEL, tool, model);
      case Identity.OfVariable(var name) -> texts(out, VARIABLE, name);
      case Identity.OfContainer(var reference) -> texts(out, CONTAINER, reference);
      case Identity.OfResidue(var kind, var id) -> texts(out, RESIDUE, kind.name(), id);
    }
  }

  private static void texts(DataOutputStream out, int kind, String... texts) throws IOException {
    out.writeByte(kind);
    for (var text : texts) {
      out.writeUTF(text);
    }
  }

  static Identity read(DataInputStream in) throws IOException {
    return switch (in.readByte()) {
      case PACKAGE -> {
        var type = in.readUTF();
        var namespace = in.readUTF();
        var name = in.readUTF();
        var version = in.readUTF();
        var subpath = in.readUTF();
        var qualifiers = new TreeMap<String, String>();
        for (var left = in.readUnsignedShort(); left > 0; left--) {
          qualifiers.put(in.readUTF(), in.readUTF());
        }
        yield new Identity.OfPackage(
            new PackageUrl(type, namespace, name, version, qualifiers, subpath));
      }
      case EXTENSION -> new Identity.OfExtension(in.readUTF(), in.readUTF());
      case APPLICATION -> new Identity.OfApplication(in.readUTF(), in.readUTF());
      case PROGRAM -> new Identity.OfProgram(in.readUTF());
      case MODEL -> new Identity.OfModel(in.readUTF(), in.readUTF());
      case VARIABLE -> new Identity.OfVariable(in.readUTF());
      case CONTAINER -> new Identity.OfContainer(in.readUTF());
      case RESIDUE -> new Identity.OfResidue(Residue.valueOf(in.readUTF()), in.readUTF());
      default -> throw new IOException("unknown kind of identity");
    };
  }
}
