package se.lokalabehov.embedded;

import java.util.ArrayList;
import java.util.List;

import com.mongodb.ConnectionString;
import com.mongodb.MongoClientSettings;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoDatabase;
import org.bson.Document;
import org.bson.UuidRepresentation;

/**
 * Access to stores as any client has it.
 */
final class Stores {

	private Stores() {
	}

	static MongoClient connect(String connectionString) {
		return MongoClients.create(MongoClientSettings.builder()
			.applyConnectionString(new ConnectionString(connectionString))
			.uuidRepresentation(UuidRepresentation.STANDARD)
			.retryWrites(false)
			.build());
	}

	/**
	 * Every document of every collection in natural order, and every index, as a client
	 * sees them.
	 */
	static List<Document> everything(MongoClient client) {
		List<Document> everything = new ArrayList<>();
		MongoDatabase database = client.getDatabase("test");
		for (String name : database.listCollectionNames()) {
			everything.add(new Document("collection", name));
			database.getCollection(name).listIndexes().into(everything);
			database.getCollection(name).find().into(everything);
		}
		return everything;
	}

}
