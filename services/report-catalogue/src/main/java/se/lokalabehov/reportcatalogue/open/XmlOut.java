package se.lokalabehov.reportcatalogue.open;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

import org.jspecify.annotations.Nullable;

/**
 * Writes XML by StAX: elements inside elements, text always escaped, and without the
 * characters that XML 1.0 can not carry.
 */
public final class XmlOut {

	private static final XMLOutputFactory FACTORY = XMLOutputFactory.newFactory();

	private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(8192);

	private final XMLStreamWriter writer;

	private XmlOut() {
		try {
			this.writer = FACTORY.createXMLStreamWriter(this.bytes, StandardCharsets.UTF_8.name());
			this.writer.writeStartDocument(StandardCharsets.UTF_8.name(), "1.0");
		}
		catch (XMLStreamException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/** A whole document, in UTF-8. */
	public static byte[] document(Consumer<XmlOut> content) {
		XmlOut out = new XmlOut();
		content.accept(out);
		out.run(() -> {
			out.writer.writeEndDocument();
			out.writer.close();
		});
		return out.bytes.toByteArray();
	}

	/** An element with what is inside it. */
	public XmlOut element(String name, Runnable inside) {
		run(() -> this.writer.writeStartElement(name));
		inside.run();
		run(this.writer::writeEndElement);
		return this;
	}

	/** An element with text; nothing at all without. */
	public XmlOut element(String name, @Nullable Object text) {
		return (text != null) ? element(name, () -> text(text)) : this;
	}

	/**
	 * An attribute of the element that was just begun; nothing at all without a value.
	 */
	public XmlOut attribute(String name, @Nullable Object value) {
		if (value != null) {
			run(() -> this.writer.writeAttribute(name, carried(value.toString())));
		}
		return this;
	}

	/** Text. */
	public XmlOut text(Object text) {
		run(() -> this.writer.writeCharacters(carried(text.toString())));
		return this;
	}

	/** What XML 1.0 can carry of a text (section 2.2). */
	public static String carried(String text) {
		if (text.codePoints().allMatch(XmlOut::isCarried)) {
			return text;
		}
		return text.codePoints()
			.filter(XmlOut::isCarried)
			.collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
			.toString();
	}

	/** Whether XML 1.0 can carry a character. */
	public static boolean isCarried(int one) {
		return one == '\t' || one == '\n' || one == '\r' || (one >= 0x20 && one <= 0xD7FF)
				|| (one >= 0xE000 && one <= 0xFFFD) || one >= 0x10000;
	}

	private void run(Step step) {
		try {
			step.run();
		}
		catch (XMLStreamException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/** One step of writing. */
	private interface Step {

		void run() throws XMLStreamException;

	}

}
