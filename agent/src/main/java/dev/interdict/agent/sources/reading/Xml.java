package dev.interdict.agent.sources.reading;

import dev.interdict.agent.inventory.BytePath;
import dev.interdict.agent.inventory.UnreadableException;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/// Walks the XML records of other programs: no document type is read, so there is no entity to
/// expand and nothing to fetch. Element by element and without recursion.
public final class Xml {
  private static final String MARK = "\ufeff";
  private static final XMLInputFactory FACTORY = factory();

  private Xml() {}

  private static XMLInputFactory factory() {
    var factory = XMLInputFactory.newDefaultFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    factory.setXMLResolver((_, _, _, _) -> {
      throw new XMLStreamException("a record refers to something outside of it");
    });
    return factory;
  }

  /// Takes what it wants of the events of one document.
  @FunctionalInterface
  public interface Reading {
    /// Reads from the document's start, as far as it likes.
    void of(XMLStreamReader xml) throws XMLStreamException, UnreadableException;
  }

  /// Shows a document to `reading`, from its start.
  ///
  /// @param file named in errors, which quote nothing of the document
  /// @throws UnreadableException if it is no well-formed XML as far as it is read
  public static void read(byte[] document, BytePath file, Reading reading)
      throws UnreadableException {
    try {
      var xml = reader(document);
      try {
        reading.of(xml);
      } finally {
        xml.close();
      }
    } catch (XMLStreamException | RuntimeException e) {
      // The JDK's reader also fails in other ways, such as for want of a message of its own.
      throw Metadata.malformed(file, "is no XML that can be read");
    }
  }

  /// A reader before the first element of a record in UTF-8, or in UTF-16 with its mark.
  ///
  /// @throws XMLStreamException if it is in neither
  public static XMLStreamReader reader(byte[] bytes) throws XMLStreamException {
    var text = new StringReader(text(bytes));
    synchronized (FACTORY) {
      return FACTORY.createXMLStreamReader(text);
    }
  }

  /// Decoded here, since the JDK's parser prints its own line about bytes that it cannot decode.
  private static String text(byte[] bytes) throws XMLStreamException {
    var wide = bytes.length >= 2 && (bytes[0] & bytes[1] & 0xfe) == 0xfe && bytes[0] != bytes[1];
    try {
      var decoder = (wide ? StandardCharsets.UTF_16 : StandardCharsets.UTF_8).newDecoder();
      var text = decoder.decode(ByteBuffer.wrap(bytes)).toString();
      return text.startsWith(MARK) ? text.substring(MARK.length()) : text;
    } catch (CharacterCodingException e) {
      throw new XMLStreamException("it is in no known encoding");
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
        case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA, XMLStreamConstants.SPACE ->
            text.append(reader.getText());
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
