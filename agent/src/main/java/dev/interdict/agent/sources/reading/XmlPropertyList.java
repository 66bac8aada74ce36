package dev.interdict.agent.sources.reading;

import dev.interdict.agent.sources.reading.PropertyList.FormatException;
import java.util.HashMap;
import java.util.Map;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/// The XML form of a property list (plist(5)).
final class XmlPropertyList {
  private XmlPropertyList() {}

  static Map<String, String> texts(byte[] bytes) throws FormatException {
    try {
      var reader = Xml.reader(bytes);
      Xml.enter(reader, "plist");
      Xml.enter(reader, "dict");
      return dictionary(reader);
    } catch (XMLStreamException e) {
      throw new FormatException("is no property list");
    }
  }

  private static Map<String, String> dictionary(XMLStreamReader reader) throws XMLStreamException {
    var texts = new HashMap<String, String>();
    var key = "";
    while (Xml.child(reader)) {
      switch (reader.getLocalName()) {
        case "key" -> key = Xml.text(reader);
        case "string" -> texts.put(key, Xml.text(reader));
        default -> Xml.skip(reader);
      }
    }
    return texts;
  }
}
