package se.lokalabehov.reportcatalogue.oai;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

import se.lokalabehov.contracts.CatalogueEvent.Content;
import se.lokalabehov.contracts.Id;
import se.lokalabehov.reportcatalogue.open.XmlOut;

/**
 * A record's whole content as XML, format {@code lb}: an element for each field, in its
 * order and with its name, once for each value of a list; after them its files. The
 * schema at {@code /oai/lb.xsd} is written from the same records, so a field that is
 * added is in both.
 */
public final class ContentXml {

	/** Namespace of the format. */
	public static final String NAMESPACE = "https://lokalabehov.se/ns/record/1.0/";

	private static final String ROOT = "record";

	private static final String FILE = "file";

	private ContentXml() {
	}

	/**
	 * A PDF file of the record.
	 *
	 * @param href where it is
	 * @param name what it is called
	 * @param size in bytes
	 * @param pages how many
	 * @param sha256 of its bytes, hexadecimal
	 */
	public record File(String href, String name, long size, int pages, String sha256) {
	}

	/** Writes the element {@code record}. */
	public static void write(Content content, List<File> files, XmlOut out) {
		out.element(ROOT, () -> {
			out.attribute("xmlns", NAMESPACE);
			fields(content, out);
			files.forEach((file) -> field(FILE, file, out));
		});
	}

	private static void fields(Record record, XmlOut out) {
		for (RecordComponent field : record.getClass().getRecordComponents()) {
			Object value = value(record, field);
			if (value instanceof List<?> many) {
				many.forEach((one) -> field(field.getName(), one, out));
			}
			else if (value != null) {
				field(field.getName(), value, out);
			}
		}
	}

	private static void field(String name, Object value, XmlOut out) {
		if (value instanceof Record record && !(value instanceof Id)) {
			out.element(name, () -> fields(record, out));
		}
		else {
			out.element(name, value);
		}
	}

	private static @Nullable Object value(Record record, RecordComponent field) {
		try {
			return field.getAccessor().invoke(record);
		}
		catch (ReflectiveOperationException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * Reads the element {@code record}.
	 * @throws IllegalArgumentException when something is missing or has the wrong form
	 */
	public static Content read(Element element) {
		return read(element, Content.class);
	}

	private static <T extends Record> T read(Element element, Class<T> type) {
		RecordComponent[] fields = type.getRecordComponents();
		Object[] values = new Object[fields.length];
		for (int i = 0; i < fields.length; i++) {
			String name = fields[i].getName();
			List<Element> found = children(element, name);
			if (List.class.isAssignableFrom(fields[i].getType())) {
				Class<?> item = itemOf(fields[i].getGenericType());
				values[i] = found.stream().map((one) -> value(one, item)).toList();
			}
			else if (!found.isEmpty()) {
				values[i] = value(found.getFirst(), fields[i].getType());
			}
			else if (!isOptional(fields[i])) {
				throw new IllegalArgumentException("lacks " + name);
			}
		}
		try {
			var constructor = type
				.getDeclaredConstructor(Arrays.stream(fields).map(RecordComponent::getType).toArray(Class<?>[]::new));
			return constructor.newInstance(values);
		}
		catch (InvocationTargetException ex) {
			throw new IllegalArgumentException("not a " + type.getSimpleName(), ex);
		}
		catch (ReflectiveOperationException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static Object value(Element element, Class<?> type) {
		String text = element.getTextContent();
		if (type == String.class) {
			return text;
		}
		if (type == int.class || type == Integer.class) {
			return Integer.valueOf(text.strip());
		}
		if (type == LocalDate.class) {
			try {
				return LocalDate.parse(text.strip());
			}
			catch (java.time.DateTimeException ex) {
				throw new IllegalArgumentException("not a date", ex);
			}
		}
		if (type.isEnum()) {
			return Arrays.stream(type.getEnumConstants())
				.filter((one) -> one.toString().equals(text.strip()))
				.findFirst()
				.orElseThrow(() -> new IllegalArgumentException("not a " + type.getSimpleName()));
		}
		if (Id.class.isAssignableFrom(type)) {
			try {
				return type.getDeclaredConstructor(String.class).newInstance(text.strip());
			}
			catch (InvocationTargetException ex) {
				throw new IllegalArgumentException("not an identifier", ex);
			}
			catch (ReflectiveOperationException ex) {
				throw new IllegalStateException(ex);
			}
		}
		return read(element, type.asSubclass(Record.class));
	}

	private static List<Element> children(Element element, String name) {
		List<Element> children = new ArrayList<>();
		for (Node node = element.getFirstChild(); node != null; node = node.getNextSibling()) {
			if (node instanceof Element child && name.equals(child.getLocalName())
					&& NAMESPACE.equals(child.getNamespaceURI())) {
				children.add(child);
			}
		}
		return children;
	}

	/** The schema of the format. */
	public static byte[] schema() {
		return XmlOut.document((out) -> out.element("xs:schema", () -> {
			out.attribute("xmlns:xs", "http://www.w3.org/2001/XMLSchema");
			out.attribute("xmlns", NAMESPACE);
			out.attribute("targetNamespace", NAMESPACE);
			out.attribute("elementFormDefault", "qualified");
			out.element("xs:element", () -> {
				out.attribute("name", ROOT);
				out.element("xs:complexType",
						() -> out.element("xs:complexContent", () -> out.element("xs:extension", () -> {
							out.attribute("base", Content.class.getSimpleName());
							out.element("xs:sequence", () -> out.element("xs:element", () -> {
								out.attribute("name", FILE);
								out.attribute("type", File.class.getSimpleName());
								out.attribute("minOccurs", "0");
								out.attribute("maxOccurs", "unbounded");
							}));
						})));
			});
			Set<Class<?>> types = new LinkedHashSet<>();
			collect(Content.class, types);
			collect(File.class, types);
			types.forEach((type) -> type(type, out));
		}));
	}

	private static void collect(Class<?> type, Set<Class<?>> types) {
		if ((type.isEnum() || (type.isRecord() && !Id.class.isAssignableFrom(type))) && types.add(type)
				&& type.isRecord()) {
			Arrays.stream(type.getRecordComponents()).map(ContentXml::typeOf).forEach((one) -> collect(one, types));
		}
	}

	private static void type(Class<?> type, XmlOut out) {
		if (type.isEnum()) {
			out.element("xs:simpleType", () -> {
				out.attribute("name", type.getSimpleName());
				out.element("xs:restriction", () -> {
					out.attribute("base", "xs:string");
					for (Object constant : type.getEnumConstants()) {
						out.element("xs:enumeration", () -> out.attribute("value", constant));
					}
				});
			});
			return;
		}
		out.element("xs:complexType", () -> {
			out.attribute("name", type.getSimpleName());
			out.element("xs:sequence", () -> {
				for (RecordComponent field : type.getRecordComponents()) {
					boolean list = List.class.isAssignableFrom(field.getType());
					out.element("xs:element", () -> {
						out.attribute("name", field.getName());
						out.attribute("type", nameOf(typeOf(field)));
						out.attribute("minOccurs", (list || isOptional(field)) ? "0" : null);
						out.attribute("maxOccurs", list ? "unbounded" : null);
					});
				}
			});
		});
	}

	private static String nameOf(Class<?> type) {
		if (type == int.class || type == Integer.class) {
			return "xs:int";
		}
		if (type == long.class) {
			return "xs:long";
		}
		if (type == LocalDate.class) {
			return "xs:date";
		}
		return (type == String.class || Id.class.isAssignableFrom(type)) ? "xs:string" : type.getSimpleName();
	}

	private static Class<?> typeOf(RecordComponent field) {
		return List.class.isAssignableFrom(field.getType()) ? itemOf(field.getGenericType()) : field.getType();
	}

	private static Class<?> itemOf(Type list) {
		return (Class<?>) ((ParameterizedType) list).getActualTypeArguments()[0];
	}

	private static boolean isOptional(RecordComponent field) {
		return field.getAnnotatedType().isAnnotationPresent(Nullable.class);
	}

}
