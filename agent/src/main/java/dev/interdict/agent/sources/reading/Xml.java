package dev.interdict.agent.sources.reading;

import java.io.ByteArrayInputStream;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/// Walks the XML records of other programs: no document type is read, so there is no entity to
/// expand and nothing to fetch. Element by element and without recursion.
public final class Xml {
  private static final XMLInputFactory FACTORY = factory();

  private Xml() {}

  private static XMLInputFactory factory() {
    var factory = XMLInputFactory.newDefaultFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    factory.setProperty(XMLInputFactory.IS_REPLACING_ENTITY_REFERENCES, false);
    factory.setXMLResolver((_, _, _, _) -> {
      throw new XMLStreamException("a record refers to something outside of it");
    });
    return factory;
  }

  /// A reader before the first element.
  ///
  /// @throws XMLStreamException if it does not begin as XML does
  public static XMLStreamReader reader(byte[] bytes) throws XMLStreamException {
    synchronized (FACTORY) {
      return FACTORY.createXMLStreamReader(new ByteArrayInputStream(bytes));
    }
  }

  /// Goes to the next element, which must have that name.
  public static void enter(XMLStreamReader reader, String name) throws XMLStreamException {
    if (!child(reader) || !reader.getLocalName().equals(name)) {
      throw new XMLStreamException("there is no " + name);
    }
  }

  /// Goes to the next element inside the one that was entered last; false at its end.
  public static boolean child(XMLStreamReader reader) throws XMLStreamException {
    while (reader.hasNext()) {
      switch (reader.next()) {
        case XMLStreamConstants.START_ELEMENT -> {
          return true;
        }
        case XMLStreamConstants.END_ELEMENT, XMLStreamConstants.END_DOCUMENT -> {
          return false;
        }
        default -> {}
      }
    }
    return false;
  }

  /// The text of the element at hand, which is left. An element or an entity in it is an error.
  public static String text(XMLStreamReader reader) throws XMLStreamException {
    var text = new StringBuilder();
    while (true) {
      switch (reader.next()) {
        case XMLStreamConstants.CHARACTERS,
            XMLStreamConstants.CDATA,
            XMLStreamConstants.SPACE -> text.append(reader.getText());
        case XMLStreamConstants.COMMENT, XMLStreamConstants.PROCESSING_INSTRUCTION -> {}
        case XMLStreamConstants.END_ELEMENT -> {
          return text.toString();
        }
        default -> throw new XMLStreamException("there is more than text");
      }
    }
  }

  /// Leaves the element at hand, whatever is in it.
  public static void skip(XMLStreamReader reader) throws XMLStreamException {
    var open = 1;
    while (open > 0) {
      switch (reader.next()) {
        case XMLStreamConstants.START_ELEMENT -> open++;
        case XMLStreamConstants.END_ELEMENT -> open--;
        default -> {}
      }
    }
  }
}
