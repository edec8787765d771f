/// Labelled statements, checked and counted, ready for any candidate to be fitted.
struct PreparedData {
  let data: LabelledStatements
  /// The tasks that are labelled.
  let tasks: [TaskData]
  /// For each task what its thresholds are set for.
  let goals: [TaskGoals]
  /// The statements that decisions are learned from and scored on.
  let decisionRows: [Int]
  let grid: CandidateGrid
  /// One for each of the grid's recipes.
  private(set) var terms: [DocumentTerms]
  /// `nil` without cross-validation.
  let groups: StatementGroups?
  let repeats: FoldRepeats?
  /// What the statements are in; `nil` without cross-validation.
  let languages: StatementLanguages?

  init(
    _ data: LabelledStatements, _ configuration: TrainingConfiguration, _ parallelism: Parallelism
  ) throws {
    try configuration.validate()
    self.data = data
    let languages = configuration.folds >= 2 ? StatementLanguages(data.statements) : nil
    self.languages = languages
    let scripts = languages?.scripts ?? []
    tasks = data.codebook.tasks.indices.map { TaskData(data, task: $0, scripts: scripts) }
      .filter { task in task.gold.contains { $0 != nil } }
    guard !tasks.isEmpty else {
      throw TrainingError(
        .nothingLabelled,
        "found no label in \(data.statements.count) statements; expected a column for at least one "
          + "task (\(data.codebook.tasks.map(\.name).joined(separator: ", "))): add one, or name it "
          + "with --label-column")
    }
    for task in tasks { try task.checkLabels() }
    decisionRows =
      try configuration.statementKind?.checkedRows(of: data, tasks)
      ?? Array(data.statements.indices)
    let asked = tasks.map(\.task)
    goals = try configuration.goals.resolved(
      for: asked, over: asked.map { TaskGoals.standard(for: $0) })
    let recipes = configuration.recipes(for: data)
    try recipes.checkColumns(of: data.layout)
    grid = CandidateGrid(configuration, recipes)
    if let languages {
      let groups = StatementGroups(data.statements)
      var divisions: [Folds] = []
      for index in 0..<configuration.repeatCount(for: tasks) {
        divisions.append(
          try Folds(
            data.statements, tasks, languages: languages.names, groups, count: configuration.folds,
            seed: configuration.seed, repeat: index))
      }
      for task in tasks {
        for folds in divisions { try task.checkLabels(in: folds) }
        try configuration.statementKind?.check(divisions[0], task, decisionRows)
      }
      (self.groups, repeats) = (groups, FoldRepeats(divisions: divisions))
    } else {
      (groups, repeats) = (nil, nil)
    }
    terms = Self.count(data, grid.recipes, parallelism)
    guard terms.contains(where: { $0.blocks.contains { $0.vocabulary.count > 0 } }) else {
      throw TrainingError(
        .noFeatures,
        "the \(data.statements.count) statements share no term that enough of them contain; add "
          + "statements, or lower --minimum-count")
    }
  }

  /// Lets go of the counts, which are large; features that are not stored keep those that they are made of.
  mutating func discardTerms() { terms = [] }

  /// Counts once what several recipes share: the blocks of the richest serve the others.
  private static func count(
    _ data: LabelledStatements, _ recipes: [Recipe], _ parallelism: Parallelism
  ) -> [DocumentTerms] {
    let statements = data.statements
    let texts = Texts(count: statements.count) { statements[$0].text }
    func counted(_ recipe: Recipe) -> DocumentTerms {
      let columns = FeatureColumns(recipe, layout: data.layout).columns(of: data.statements)
      return DocumentTerms(texts, columns: columns, recipe: recipe, parallelism: parallelism)
    }
    var all: [DocumentTerms] = []
    for recipe in recipes.reversed() {
      let shared = all.lazy.compactMap { $0.restricted(to: recipe) }.first
      all.append(shared ?? counted(recipe))
    }
    return all.reversed()
  }
}
