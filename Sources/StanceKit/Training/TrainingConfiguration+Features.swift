extension TrainingConfiguration {
  /// What may be chosen among, with what the codebook and the user give beside the texts: lists of keywords, and
  /// columns.
  ///
  /// Each label with keywords is a list of its name, or of `task/label` where another list has that
  /// name. The keywords of all tasks serve every task.
  func recipes(for data: LabelledStatements) -> [Recipe] {
    let codebookLists = usesCodebookKeywords ? data.codebook.keywordLists(beside: wordLists) : []
    let given = recipes ?? Self.standardRecipes(statementCount: data.statements.count)
    return given.map { recipe in
      var recipe = recipe
      if recipe.keywords == nil {
        recipe.keywords = KeywordFeatures(codebookLists + wordLists, for: recipe)
      }
      if recipe.columns == nil, !featureColumns.isEmpty {
        recipe.columns = ColumnFeatures(featureColumns)
      }
      return recipe
    }
  }
}

extension [Recipe] {
  /// - Throws: `TrainingError` when a recipe asks for a column that the statements do not have.
  func checkColumns(of layout: StatementLayout) throws(TrainingError) {
    for recipe in self {
      guard let absent = FeatureColumns(recipe, layout: layout).absent.first else { continue }
      let possible = FeatureColumns.possible(in: layout)
      throw TrainingError(
        .missingColumn,
        "found no column \"\(absent)\" to make features of; expected "
          + (possible.isEmpty
            ? "a file that has one" : "one of \(possible.joined(separator: ", "))")
          + ": check --feature-column")
    }
  }
}

extension Codebook {
  /// The keywords of each label that has some.
  func keywordLists(beside others: [KeywordList]) -> [KeywordList] {
    let labels = tasks.flatMap { task in
      task.labels.filter { !$0.keywords.isEmpty }.map { (task: task.name, label: $0) }
    }
    let names = labels.map(\.label.name) + others.map(\.name)
    return labels.map { task, label in
      let isUnique = names.count { $0 == label.name } == 1
      return KeywordList(
        name: isUnique ? label.name : "\(task)/\(label.name)", phrases: label.keywords)
    }
  }
}
