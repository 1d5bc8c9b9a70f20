package se.lokalabehov.eventing;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

import org.springframework.context.ApplicationContext;

/**
 * What the views of a service look like: the fields of their records, and of the records
 * in them.
 */
public final class ViewShapes {

	private ViewShapes() {
	}

	/**
	 * The shapes of a service's views.
	 * @param service that runs
	 * @return names of its projections to the first 16 hex digits of a SHA-256
	 */
	public static Map<String, String> of(ApplicationContext service) {
		Map<String, String> shapes = new TreeMap<>();
		service.getBeansOfType(Inbox.class)
			.values()
			.forEach((inbox) -> inbox.projections()
				.forEach((projection) -> shapes.put(projection.name(), shape(projection.view()))));
		return shapes;
	}

	private static String shape(Class<?> view) {
		Map<String, String> records = new TreeMap<>();
		describe(view, records);
		try {
			return HexFormat.of()
				.formatHex(MessageDigest.getInstance("SHA-256")
					.digest(records.toString().getBytes(StandardCharsets.UTF_8)))
				.substring(0, 16);
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static void describe(Type type, Map<String, String> records) {
		if (type instanceof ParameterizedType generic) {
			for (Type argument : generic.getActualTypeArguments()) {
				describe(argument, records);
			}
		}
		if (type instanceof Class<?> known && known.isSealed()) {
			for (Class<?> permitted : known.getPermittedSubclasses()) {
				describe(permitted, records);
			}
		}
		if (type instanceof Class<?> known && known.isRecord() && !records.containsKey(known.getName())) {
			TreeSet<String> fields = new TreeSet<>();
			records.put(known.getName(), "");
			for (RecordComponent component : known.getRecordComponents()) {
				fields.add(component.getName() + " " + component.getGenericType().getTypeName());
				describe(component.getGenericType(), records);
			}
			records.put(known.getName(), fields.toString());
		}
	}

}
