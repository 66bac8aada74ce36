package dev.interdict.server.cli.importing;

import dev.interdict.json.Json;
import dev.interdict.server.cli.terminal.Exit;
import dev.interdict.server.cli.terminal.Failure;
import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/// An element of XML. Reading follows no entity, fetches nothing, and is bounded, so that a file
/// can neither read others nor grow.
record Xml(String name, String text, List<Xml> children) {
  private static final int DEEPEST = 32;
  private static final int MOST = 300_000;

  public Xml {
    children = List.copyOf(children);
  }

  static Xml read(byte[] content) {
    var factory = XMLInputFactory.newDefaultFactory();
    // Apple's lists name their DTD; it is passed over, and an entity that it declares is unknown.
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    factory.setProperty(XMLInputFactory.IS_REPLACING_ENTITY_REFERENCES, false);
    factory.setProperty(XMLInputFactory.IS_COALESCING, true);
    factory.setXMLResolver((_, _, _, _) -> {
      throw new XMLStreamException("it refers to something outside of itself");
    });
    try {
      var reader = factory.createXMLStreamReader(new ByteArrayInputStream(content));
      while (reader.next() != XMLStreamConstants.START_ELEMENT) {
        // Remarks and the like before the first element say nothing.
      }
      return element(reader, 0, new int[] {MOST});
    } catch (XMLStreamException | RuntimeException e) {
      if (e instanceof Failure failure) {
        throw failure;
      }
      var words =
          String.valueOf(e.getMessage())
              .replaceAll("\\s+", " ")
              .replaceFirst(
                  "ParseError at \\[row,col]:\\[(\\d+),(\\d+)] Message: ", "line $1, column $2: ");
      throw new Failure(Exit.FOUND, "it is no XML that can be read: " + words);
    }
  }

  private static Xml element(XMLStreamReader reader, int depth, int[] left)
      throws XMLStreamException {
    if (depth > DEEPEST || left[0]-- <= 0) {
      throw new Failure(
          Exit.FOUND,
          "its XML is deeper than " + DEEPEST + " or has more than " + MOST + " elements");
    }
    var name = reader.getLocalName();
    var text = new StringBuilder();
    var children = new ArrayList<Xml>();
    while (true) {
      switch (reader.next()) {
        case XMLStreamConstants.START_ELEMENT -> children.add(element(reader, depth + 1, left));
        case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA ->
            text.append(reader.getText());
        case XMLStreamConstants.ENTITY_REFERENCE ->
            throw new Failure(
                Exit.FOUND,
                "it uses an entity of its own, which is not read: replace it by its" + " text");
        case XMLStreamConstants.END_ELEMENT -> {
          return new Xml(name, text.toString().strip(), children);
        }
        default -> {
          // Remarks and instructions say nothing.
        }
      }
    }
  }

  /// As JSON: a text, or an object of its children; those of one name are a list.
  Json json() {
    if (children.isEmpty()) {
      return new Json.Text(text);
    }
    var members = new LinkedHashMap<String, List<Json>>();
    for (var child : children) {
      members.computeIfAbsent(child.name(), _ -> new ArrayList<>()).add(child.json());
    }
    var json = Json.object();
    members.forEach(
        (each, all) -> json.put(each, all.size() == 1 ? all.getFirst() : new Json.Arr(all)));
    return json.build();
  }

  /// As JSON, where it is a property list of Apple's.
  Json plist() {
    return switch (name) {
      case "plist" -> children.isEmpty() ? Json.object().build() : children.getFirst().plist();
      case "dict" -> {
        var members = new LinkedHashMap<String, Json>();
        for (var i = 0; i + 1 < children.size(); i += 2) {
          if (!children.get(i).name().equals("key")
              || members.put(children.get(i).text(), children.get(i + 1).plist()) != null) {
            throw new Failure(Exit.FOUND, "a dict of its property list has no or equal keys");
          }
        }
        yield new Json.Obj(members);
      }
      case "array" -> new Json.Arr(children.stream().map(Xml::plist).toList());
      case "true" -> Json.Bool.TRUE;
      case "false" -> Json.Bool.FALSE;
      default -> new Json.Text(text);
    };
  }
}
