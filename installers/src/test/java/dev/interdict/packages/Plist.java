package dev.interdict.packages;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.xml.sax.SAXException;

/// Reads property lists strictly: a type that there is not, or a key without a value, is an error.
final class Plist {
  private Plist() {}

  static Row<Object> read(Path file) throws IOException {
    return dict(elements(elements(xml(file)).getFirst()));
  }

  /// A document's root, without fetching what it refers to.
  static Element xml(Path file) throws IOException {
    try {
      var factory = DocumentBuilderFactory.newInstance();
      factory.setFeature("http://apache.org/xml/features/nonvalidating/load-external-dtd", false);
      return factory.newDocumentBuilder().parse(file.toFile()).getDocumentElement();
    } catch (ParserConfigurationException | SAXException e) {
      throw new IOException(file + " is no XML", e);
    }
  }

  static List<Element> elements(Element of) {
    var all = new ArrayList<Element>();
    for (var node = of.getFirstChild(); node != null; node = node.getNextSibling()) {
      if (node instanceof Element element) {
        all.add(element);
      }
    }
    return all;
  }

  private static Object value(Element element) {
    return switch (element.getTagName()) {
      case "string" -> element.getTextContent();
      case "integer" -> Long.valueOf(element.getTextContent());
      case "true" -> true;
      case "false" -> false;
      case "array" -> elements(element).stream().map(Plist::value).toList();
      case "dict" -> dict(elements(element));
      default -> throw new IllegalArgumentException("no type is called " + element.getTagName());
    };
  }

  private static Row<Object> dict(List<Element> pairs) {
    var all = new LinkedHashMap<String, Object>();
    for (var i = 0; i < pairs.size(); i += 2) {
      if (!pairs.get(i).getTagName().equals("key")) {
        throw new IllegalArgumentException(pairs.get(i).getTagName() + " where a key is due");
      }
      if (all.put(pairs.get(i).getTextContent(), value(pairs.get(i + 1))) != null) {
        throw new IllegalArgumentException(pairs.get(i).getTextContent() + " twice");
      }
    }
    return new Row<>(all);
  }
}
